#!/bin/sh
# Runs drivers: sh tests/fuzz/fuzz.sh FOLDER SECONDS DRIVER...
# What they find grows in FOLDER/found/DRIVER; a crash is left as
# FOLDER/crash-*: make it small (-minimize_crash=1), mend, and store it in
# tests/fuzz/corpus/DRIVER.
set -u
where=$1; seconds=$2; shift 2
bad=0
for driver in "$@"; do
    found=$where/found/$driver; seeds=$where/seeds/$driver
    rm -rf "$seeds"; mkdir -p "$found" "$seeds"
    case $driver in
    csv)
        for d in samples/*/data tests/cases/*/data; do
            for f in "$d"/*.csv; do
                { echo "@@ $(basename "$f")"; head -c 1500 "$f"; } \
                    >"$seeds/$(echo "$f" | tr / _)"
            done
        done ;;
    yaml)
        for f in layouts/*/*.yaml samples/*/report.yaml tests/cases/*/report.yaml; do
            head -c 3000 "$f" >"$seeds/$(echo "$f" | tr / _)"
        done ;;
    chapter | report)
        for f in samples/*/chapters/*.md tests/cases/*/chapters/*.md layouts/*/*.md; do
            head -c 4000 "$f" >"$seeds/$(echo "$f" | tr / _)"
        done ;;
    expression)
        cat samples/*/chapters/*.md tests/cases/*/chapters/*.md layouts/*/*.md |
            grep -o '{{ [^}]* }}' | sed 's/^{{ //; s/ }}$//' | sort -u |
            split -l 3 - "$seeds/e" ;;
    esac
    echo "fuzz: $driver, $seconds s"
    dict=tests/fuzz/$driver.dict
    [ -f "$dict" ] || dict=tests/fuzz/chapter.dict
    leaks=1; [ "$driver" = report ] && leaks=0 # fontconfig keeps its patterns
    ASAN_OPTIONS=detect_leaks=$leaks "$where/fuzz-$driver" -detect_leaks=$leaks -dict="$dict" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=1500 -max_len=6000 -artifact_prefix="$where/$driver-" \
        -verbosity=0 -print_final_stats=1 \
        "$found" "$seeds" tests/fuzz/corpus/"$driver" 2>"$where/$driver.log" ||
        { echo "FAILED: fuzz $driver; see $where/$driver.log"; tail -40 "$where/$driver.log"; bad=1; }
    grep -E 'number_of_executed|peak_rss' "$where/$driver.log"
done
exit $bad
