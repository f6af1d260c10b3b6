#!/bin/sh
# One volume per group, by GNU parallel: on the processors of this machine, or
# on those of others (--sshloginfile; the folders must be shared).
#   RECTO=recto REPORT=report.yaml OUT=volumes SHARDS=8 sh parallel.sh
set -eu
: "${RECTO:=recto}" "${REPORT:=report.yaml}" "${OUT:=volumes}" "${SHARDS:=8}"

# What fails is tried once more; then nothing new is begun.
seq "$SHARDS" | parallel --will-cite --halt soon,fail=1 --retries 2 \
    "$RECTO" volumes "$REPORT" --shard "{}/$SHARDS" -j 1 -o "$OUT.parts/{}"
"$RECTO" merge $(seq -f "$OUT.parts/%g" "$SHARDS") -o "$OUT" --junit "$OUT.xml"
