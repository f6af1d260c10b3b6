#!/bin/sh
# Speed and memory of the annual report, on one core; every figure from this
# run. Nothing here passes or fails: see docs/architecture.md for what is aimed
# at. Arguments: the program, and that of bench/parts.c. RUNS: how often each is
# timed (the least counts).
set -eu
recto=$1 parts=$2
sample=samples/ways-of-working-2013/report.yaml
runs=${RUNS:-9}
out=build/bench
mkdir -p $out
cc -O2 -o $out/floor bench/floor.c $(pkg-config --cflags --libs harfbuzz libdeflate)
python3 bench/repeat.py page $out/page
python3 bench/repeat.py 10 $out/x10
python3 bench/repeat.py 100 $out/x100
"$recto" dump pages $sample >$out/pages.dump 2>/dev/null
"$recto" build $sample -o $out/report.pdf 2>/dev/null
python3 bench/extract.py $out/pages.dump $out/report.pdf $out/texts $out/streams
python3 bench/time.py "$recto" $sample $out "$runs"
"$parts" $sample "$runs"
