#!/bin/sh
# Cases: each folder of tests/cases holds a small report (report.yaml, chapters,
# data or a link to the sample's) and what must come of it as text:
#   expect.diag   the diagnostics (recto check)
#   expect.doc    the block tree   expect.pages  the page list
#   expect.tags   the tags         expect.status the exit status (default 0)
# `sh tests/cases/run.sh RECTO accept [CASE]` rewrites the expectations.
set -u
recto=$1; mode=${2:-}; only=${3:-}
cd "$(dirname "$0")" || exit 1
case $recto in /*) ;; *) recto=../../$recto ;; esac
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
passed=0; failed=0
for dir in */; do
    name=${dir%/}
    [ -f "$name/report.yaml" ] || continue
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    "$recto" check "$name/report.yaml" >"$tmp/out" 2>"$tmp/diag"; status=$?
    ok=1
    want=0; [ -f "$name/expect.status" ] && want=$(cat "$name/expect.status")
    compare() { # compare FILE EXPECTATION
        if [ "$mode" = accept ]; then cp "$1" "$2"; return; fi
        diff -u "$2" "$1" >"$tmp/diff" || { ok=0; head -40 "$tmp/diff"; }
    }
    if [ "$mode" = accept ]; then echo $status >"$name/expect.status"
    elif [ $status != "$want" ]; then ok=0; echo "$name: exit $status, expected $want"; cat "$tmp/diag"; fi
    [ -f "$name/expect.diag" ] && compare "$tmp/diag" "$name/expect.diag"
    for what in doc pages tags; do
        [ -f "$name/expect.$what" ] || continue
        "$recto" dump $what "$name/report.yaml" >"$tmp/$what" 2>/dev/null
        compare "$tmp/$what" "$name/expect.$what"
    done
    if [ $ok = 1 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: case $name"; fi
done
echo "cases: $passed passed, $failed failed"
[ $failed = 0 ]
