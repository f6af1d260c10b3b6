#!/bin/sh
# Replays the stored inputs: sh tests/fuzz/replay.sh BUILD/fuzz
set -u
bad=0; count=0
for dir in tests/fuzz/corpus/*/; do
    driver=$(basename "$dir")
    "$1/replay-$driver" "$dir"* || {
        echo "FAILED: fuzz $driver"
        for f in "$dir"*; do
            "$1/replay-$driver" "$f" >/dev/null 2>&1 || echo "  $f"
        done
        bad=1; }
    count=$((count + $(ls "$dir" | wc -l)))
done
echo "fuzz: $count inputs replayed"
exit $bad
