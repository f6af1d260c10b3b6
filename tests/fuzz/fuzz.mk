# Fuzzing, included by the Makefile. `make fuzz` runs each driver with libFuzzer
# for FUZZ_SECONDS (FUZZ=csv: only that one); `make check-fuzz` replays the
# stored inputs of tests/fuzz/corpus, without clang.
FUZZ_DRIVERS := csv yaml chapter expression report
FUZZ ?= $(FUZZ_DRIVERS)
FUZZ_SECONDS ?= 60
FUZZ_LIBS = $(foreach r,layout chart text doc script style stats spec page data base,$(call lib,$r))
FUZZ_SYSTEM_LIBS = $(foreach r,layout chart text doc script style stats spec page data base,$(call pkg_libs,$r)) -lm

$(BUILD)/fuzz/replay-%: tests/fuzz/%.c tests/fuzz/common.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(FUZZ_LIBS)
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/fuzz $< tests/fuzz/common.c tests/fuzz/replay.c \
	  $(FUZZ_LIBS) $(FUZZ_SYSTEM_LIBS) -o $@
$(BUILD)/fuzz/fuzz-%: tests/fuzz/%.c tests/fuzz/common.c tests/fuzz/fuzz.h $(FUZZ_LIBS)
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/fuzz -fsanitize=fuzzer $< tests/fuzz/common.c \
	  $(FUZZ_LIBS) $(FUZZ_SYSTEM_LIBS) -o $@

.PHONY: fuzz check-fuzz fuzz-all replay-all
replay-all: $(FUZZ_DRIVERS:%=$(BUILD)/fuzz/replay-%)
fuzz-all: $(FUZZ:%=$(BUILD)/fuzz/fuzz-%)
check-fuzz: replay-all
	@sh tests/fuzz/replay.sh $(BUILD)/fuzz
fuzz:
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang OPT='-O1 -g' \
	  SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' \
	  fuzz-all
	@sh tests/fuzz/fuzz.sh build-fuzz/fuzz $(FUZZ_SECONDS) $(FUZZ)
