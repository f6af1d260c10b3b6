# One volume per group, by make: each part is a target of its own.
#   make -f shards.mk -j4 RECTO=recto REPORT=report.yaml OUT=volumes SHARDS=8
RECTO ?= recto
REPORT ?= report.yaml
OUT ?= volumes
SHARDS ?= 8
PARTS := $(addprefix $(OUT).parts/,$(shell seq $(SHARDS)))

.PHONY: all $(PARTS)
all: $(PARTS)
	$(RECTO) merge $(PARTS) -o $(OUT) --junit $(OUT).xml

# recto itself knows what has changed: the parts are asked for every time.
$(PARTS):
	$(RECTO) volumes $(REPORT) --shard $(@F)/$(SHARDS) -j 1 -o $@
