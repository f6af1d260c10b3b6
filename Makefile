# Recto. `make help` lists the targets; everything made lies under build/.
#
# The rooms of src/ are a ladder: each becomes a static library, and may include
# the headers of the rooms named in DEPS_<room> and of no others (`make rooms`).

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
BUILD ?= build
OPT ?= -O2 -g
SANITIZE ?=

ROOMS := base data stats spec style script page doc text chart layout device batch

DEPS_base   :=
DEPS_data   := base
DEPS_stats  := data base
DEPS_spec   := base
DEPS_style  := spec base
DEPS_script := stats data base
DEPS_page   := base
DEPS_doc    := script spec stats data base
DEPS_text   := page base
DEPS_chart  := doc text style page spec base
DEPS_layout := chart doc text style page spec base
DEPS_device := page base
DEPS_batch  := base

# Each library stays inside the room named with it.
PKGS_base   := nettle
PKGS_data   := sqlite3
PKGS_spec   := yaml-0.1 libcmark-gfm
PKGS_script := lua5.4
PKGS_text   := pangocairo pangoft2 fontconfig harfbuzz freetype2
PKGS_device := cairo cairo-ft harfbuzz harfbuzz-subset freetype2 libdeflate
PKGS_batch  := jansson
LIBS_data   := -lcsv
LIBS_spec   := -lcmark-gfm-extensions
LIBS_device := -lhpdf

DEB_BUILD := gcc make pkg-config libc6-dev libsqlite3-dev libcsv-dev \
  libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev liblua5.4-dev \
  libpango1.0-dev libfontconfig-dev libharfbuzz-dev libfreetype-dev \
  libcairo2-dev libdeflate-dev libhpdf-dev libjansson-dev nettle-dev
DEB_CHECK := check clang qpdf poppler-utils mupdf-tools python3-minimal python3-jsonschema python3-pikepdf sqlite3 \
  default-jre-headless maven \
  hostname parallel slurmctld slurmd slurm-client python3-pip python3-yaml

WARN := -pedantic -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion \
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wcast-qual \
  -Wcast-align -Wwrite-strings -Wpointer-arith -Wvla -Wundef -Wformat=2 \
  -Wdouble-promotion -Wimplicit-fallthrough -Wnull-dereference \
  -Wredundant-decls -Wdate-time
CPPFLAGS += -Isrc -D_POSIX_C_SOURCE=200809L -DRC_VERSION='"$(VERSION)"'
CFLAGS += -std=c17 $(OPT) $(WARN) $(SANITIZE)

# pkg-config is asked only when something is compiled, and libraries come in as
# system headers, so that their own warnings stay theirs.
pkg_cflags = $(if $(PKGS_$1),$(subst -I/,-isystem /,$(shell pkg-config --cflags $(PKGS_$1))))
pkg_libs = $(if $(PKGS_$1),$(shell pkg-config --libs $(PKGS_$1))) $(LIBS_$1)

room_of = $(word 2,$(subst /, ,$1))
srcs = $(sort $(wildcard src/$1/*.c))
lib = $(BUILD)/lib/$1.a
# a room and all below it, in link order
chain = $(call lib,$1) $(foreach d,$(DEPS_$1),$(call lib,$d))
chain_libs = $(foreach d,$1 $(DEPS_$1),$(call pkg_libs,$d)) -lm

.PHONY: all help
all: $(BUILD)/recto
	@:

help:
	@echo 'make report     install what is missing, build, set the sample report'
	@echo 'make volumes    the same, and a volume for each of its area teams'
	@echo 'make check      install what is missing, build, run every test'
	@echo 'make all        build $(BUILD)/recto'
	@echo 'make deps       install (root) or name what is missing'
	@echo 'make unit       unit tests only; make unit-ROOM one room'
	@echo 'make check-pdf  the PDFs alone; check-conformance: PDF/UA-1, PDF/A-2a'
	@echo 'make rooms      check who includes whom'
	@echo 'make asan       the suite under AddressSanitizer and UBSan'
	@echo 'make clang      the whole build with clang'
	@echo 'make fuzz       libFuzzer on every reader; FUZZ=csv FUZZ_SECONDS=600'
	@echo 'make accept     CASE=name: rewrite what a case expects (all without)'
	@echo 'make mutants    break the program on purpose: do the tests notice?'
	@echo 'make bench      speed and memory; make bench-volumes: of 12,015 volumes'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make clean'

# -- building ---------------------------------------------------------------
define room_rules
OBJS_$1 := $$(patsubst src/%.c,$$(BUILD)/obj/%.o,$$(call srcs,$1))
$$(OBJS_$1): ROOM_CFLAGS = $$(call pkg_cflags,$1)
$$(BUILD)/lib/$1.a: $$(OBJS_$1)
	@mkdir -p $$(@D)
	@rm -f $$@
	@$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$r)))

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(CPPFLAGS) $(ROOM_CFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

MAIN_OBJS := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(sort $(wildcard src/*.c)) $(call srcs,cli))
ALL_LIBS = $(foreach r,batch device layout chart text doc script style stats spec page data base,$(call lib,$r))
$(BUILD)/recto: $(MAIN_OBJS) $(ALL_LIBS)
	@echo '  LINK $@'
	@$(CC) $(CFLAGS) -Wl,--build-id=sha1 $(LDFLAGS) $(MAIN_OBJS) $(ALL_LIBS) \
	  $(foreach r,$(ROOMS),$(call pkg_libs,$r)) -lm -o $@

-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*.d $(BUILD)/unit/*.d)

# -- unit tests: tests/unit/test_ROOM*.c, one program a file ------------------
UNIT_SRCS := $(sort $(wildcard tests/unit/test_*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SRCS))
unit_room = $(word 2,$(subst _, ,$(basename $(notdir $1))))

define unit_rules
$(BUILD)/unit/$(basename $(notdir $1)): $1 $(call chain,$(call unit_room,$1))
	@mkdir -p $$(@D)
	@echo '  CC $1'
	@$$(CC) $$(CPPFLAGS) -Itests/unit $$(call pkg_cflags,$(call unit_room,$1)) \
	  $$(subst -I/,-isystem /,$$(shell pkg-config --cflags check)) \
	  $$(filter-out -pedantic,$$(CFLAGS)) -MMD -MP $1 \
	  $(call chain,$(call unit_room,$1)) \
	  $$(call chain_libs,$(call unit_room,$1)) \
	  $$(shell pkg-config --libs check) -o $$@
endef
$(foreach t,$(UNIT_SRCS),$(eval $(call unit_rules,$t)))

.PHONY: unit
unit: $(UNITS)
	@status=0; for t in $(UNITS); do CK_DEFAULT_TIMEOUT=300 $$t || status=1; done; exit $$status
unit-%: FORCE
	@$(MAKE) --no-print-directory UNIT_SRCS='$(wildcard tests/unit/test_$*.c tests/unit/test_$*_*.c)' unit
.PHONY: FORCE
FORCE:

# -- what is missing on this machine ------------------------------------------
# Root: installed. Others: named, with the one command that installs it; with
# SUDO=sudo, that command is run. Nothing missing: nothing is done.
SUDO ?=
define need
missing=; for p in $(1); do \
  case "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" in \
  installed) ;; *) missing="$$missing $$p";; esac; done; \
if [ -n "$$missing" ]; then \
  if ! command -v apt-get >/dev/null; then \
    echo "Recto is built on Debian 12; these packages are needed:$$missing"; exit 1; fi; \
  if [ "$$(id -u)" = 0 ] || [ -n "$(SUDO)" ]; then \
    echo "Installing:$$missing"; \
    $(SUDO) apt-get update -qq && \
    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
  else \
    echo "Missing packages. Install them with:"; \
    echo "  sudo apt-get install --no-install-recommends$$missing"; \
    echo "or run: make $@ SUDO=sudo"; exit 1; fi; fi
endef
.PHONY: deps deps-check
deps:
	@$(call need,$(DEB_BUILD))
deps-check:
	@$(call need,$(DEB_BUILD) $(DEB_CHECK))

# As many jobs as there are processors, where the user did not say.
jobs = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))

# -- the sample ---------------------------------------------------------------
SAMPLE := samples/ways-of-working-2013/report.yaml
REPORT := $(BUILD)/ways-of-working-2013/report.pdf
.PHONY: report
report: deps
	@$(MAKE) --no-print-directory $(jobs) all
	@$(BUILD)/recto build $(SAMPLE) -o $(REPORT)
	@echo '$(REPORT)'

VOLUMES := $(BUILD)/ways-of-working-2013/volumes
.PHONY: volumes
volumes: deps
	@$(MAKE) --no-print-directory $(jobs) all
	@$(BUILD)/recto volumes $(SAMPLE) -o $(VOLUMES)
	@echo '$(VOLUMES)'

# -- tests --------------------------------------------------------------------
.PHONY: check rooms check-cases check-batch check-docs check-man check-pdf check-report \
  check-conformance clang asan
check: deps-check
	@$(MAKE) --no-print-directory $(jobs) all units
	@$(MAKE) --no-print-directory check-all

.PHONY: units
units: $(UNITS)

.PHONY: check-all
check-all: rooms unit check-cases check-batch check-volumes check-docs check-man check-fuzz check-pdf check-recipes check-disclosure clang asan
	@echo 'All checks passed.'

# Who includes whom: the ladder above, and libraries in their own rooms.
rooms:
	@sh tests/rooms.sh $(foreach r,$(ROOMS),'$r:$(DEPS_$r)')

check-cases: $(BUILD)/recto
	@sh tests/cases/run.sh $(BUILD)/recto

# Volumes in batches: workers killed, shards, only what changed.
check-batch: $(BUILD)/recto
	@python3 tests/batch/check.py $(BUILD)/recto

# The sample's volumes: none is set with a warning, is too long, or reads badly.
.PHONY: check-volumes
check-volumes: $(BUILD)/recto
	@sh tests/volumes.sh $(BUILD)/recto

# Every key, directive and function stands in the documents.
check-docs:
	@sh tests/docs.sh

check-man: $(BUILD)/recto
	@sh tests/man.sh $(BUILD)/recto

# The report's PDF judged by other people's tools; then that and all torture
# documents by veraPDF, which Maven brings into $(BUILD)/verapdf.
check-pdf: check-report check-conformance
check-report: $(BUILD)/recto
	@sh tests/pdf/run.sh $(BUILD)/recto
check-conformance: $(BUILD)/recto
	@sh tests/conformance/run.sh $(BUILD)/recto $(BUILD)

# The recipes of samples/ci, each with its engine.
.PHONY: check-recipes
check-recipes: $(BUILD)/recto
	@sh tests/recipes/run.sh $(BUILD)/recto $(BUILD)

# Solved for every cell: nobody's answers follow from all volumes and the report;
# with each team shown by itself, one's do.
.PHONY: check-disclosure
check-disclosure: $(BUILD)/recto
	@python3 tests/disclosure.py $(BUILD)/recto $(SAMPLE) $(dir $(SAMPLE))data
	@rm -rf $(BUILD)/shown && cp -r $(dir $(SAMPLE)) $(BUILD)/shown && \
	  sed -i 's/rule: together/rule: show/' $(BUILD)/shown/report.yaml
	@! python3 tests/disclosure.py $(BUILD)/recto $(BUILD)/shown/report.yaml $(BUILD)/shown/data \
	  >$(BUILD)/shown.txt
	@grep -q 'follows by subtraction' $(BUILD)/shown.txt

# A second compiler, and the suite with the whole report under sanitizers.
clang:
	@$(MAKE) --no-print-directory $(jobs) BUILD=build-clang CC=clang OPT='-O1 -Werror' all
SANITIZED = $(MAKE) --no-print-directory BUILD=build-asan OPT='-O1 -g' \
  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
asan:
	@$(SANITIZED) $(jobs) all units
	@ASAN_OPTIONS=detect_leaks=0 $(SANITIZED) asan-suite
.PHONY: asan-suite
asan-suite: unit $(BUILD)/recto check-fuzz
	@sh tests/cases/run.sh $(BUILD)/recto
	@$(BUILD)/recto build $(SAMPLE) -o $(BUILD)/report.pdf
	@$(BUILD)/recto volumes $(SAMPLE) -o $(BUILD)/volumes --only '*london'

include tests/fuzz/fuzz.mk

# Breaks the program on purpose, line by line: the tests must notice.
.PHONY: mutants
mutants: deps-check
	@python3 tests/mutants/run.py '$(ONLY)'

# -- speed and memory: measured, never tested ---------------------------------
.PHONY: bench
bench: deps-check
	@$(MAKE) --no-print-directory all $(BUILD)/bench/parts
	@sh bench/run.sh $(BUILD)/recto $(BUILD)/bench/parts
	@TIMES=45 sh bench/volumes.sh $(BUILD)/recto

# The same with 12,015 volumes; TIMES=445 copies of the sample's area teams.
.PHONY: bench-volumes
bench-volumes: deps-check
	@$(MAKE) --no-print-directory all
	@sh bench/volumes.sh $(BUILD)/recto

# The program without its command line, to be timed from inside.
RUN_OBJS := $(filter-out $(BUILD)/obj/cli/%,$(MAIN_OBJS))
$(BUILD)/bench/parts: bench/parts.c $(RUN_OBJS) $(ALL_LIBS)
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) $< $(RUN_OBJS) $(ALL_LIBS) \
	  $(foreach r,$(ROOMS),$(call pkg_libs,$r)) -lm -o $@

# -- installing ---------------------------------------------------------------
.PHONY: install
install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' \
	  '$(DESTDIR)$(PREFIX)/share/recto/assets' '$(DESTDIR)$(PREFIX)/share/recto/fonts'
	install -m 755 $(BUILD)/recto '$(DESTDIR)$(PREFIX)/bin/recto'
	install -m 644 docs/man/recto.1 '$(DESTDIR)$(PREFIX)/share/man/man1/recto.1'
	install -m 644 assets/* '$(DESTDIR)$(PREFIX)/share/recto/assets/'
	install -m 644 fonts/* '$(DESTDIR)$(PREFIX)/share/recto/fonts/'
	install -d '$(DESTDIR)$(PREFIX)/share/doc/recto'
	install -m 644 docs/*.md LICENSE '$(DESTDIR)$(PREFIX)/share/doc/recto/'
	for f in $$(find layouts -type f); do \
	  install -D -m 644 "$$f" "$(DESTDIR)$(PREFIX)/share/recto/$$f" || exit 1; done

.PHONY: clean
clean:
	rm -rf $(BUILD) build-clang build-asan

.PHONY: accept
accept: $(BUILD)/recto
	@sh tests/cases/run.sh $(BUILD)/recto accept '$(CASE)'
