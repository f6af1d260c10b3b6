#!/bin/sh
# Volumes: speed and memory, every figure from this run; nothing passes or
# fails. Arguments: the program. TIMES: how often the sample's area teams are
# copied for the large survey (445: 12,015 volumes; then it takes a while).
set -eu
recto=$1
out=build/bench/volumes
sample=samples/ways-of-working-2013/report.yaml
rm -rf $out
mkdir -p $out/own
cc -O2 -o build/bench/floor bench/floor.c $(pkg-config --cflags --libs harfbuzz libdeflate)
"$recto" volumes $sample -o $out/own 2>/dev/null
: >$out/texts
: >$out/streams
for pdf in $out/own/*.pdf; do
    key=$(basename "$pdf" .pdf)
    "$recto" dump pages $sample --volume "$key" >$out/dump 2>/dev/null
    python3 bench/extract.py $out/dump "$pdf" $out/text $out/stream
    cat $out/text >>$out/texts
    cat $out/stream >>$out/streams
done
python3 bench/survey.py 4 $out/small
python3 bench/survey.py "${TIMES:-445}" $out/large
python3 bench/volumes.py "$recto" $sample $out "${RUNS:-5}"
