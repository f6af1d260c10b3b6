#!/bin/sh
# Cases: each folder of tests/cases with a report.yaml is a small report, and
# holds as text what must come of it:
#   expect.diag   what `recto check` says      expect.status  its exit status
#   expect.doc    the block tree   expect.pages  the page list
#   expect.tags   the tags         (these three where they are there)
# A case may have a make.sh, which changes a copy of the case before it is run
# (a house style with one line spoilt, say). All share `share/` as the folder
# of layouts, fonts and assets.
#   sh tests/cases/run.sh RECTO [CASE]           runs them, or one
#   sh tests/cases/run.sh RECTO accept [CASE]    rewrites what is expected
set -u
recto=$1; shift
mode=run
if [ "${1:-}" = accept ]; then mode=accept; shift; fi
only=${1:-}
case $recto in /*) ;; *) recto=$PWD/$recto ;; esac
cd "$(dirname "$0")" || exit 1
here=$PWD
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
ln -s "$here/share" "$here/small" "$tmp"
passed=0; failed=0; skipped=0

compare() { # compare GOT EXPECTED
    if [ "$mode" = accept ]; then cmp -s "$1" "$2" || cp "$1" "$2"; return; fi
    if [ ! -f "$2" ]; then ok=0; echo "$2 is missing; got:"; head -40 "$1"
    elif ! diff -u "$2" "$1" >"$tmp/diff"; then ok=0; head -60 "$tmp/diff"; fi
}

run_case() { # run_case NAME, in the folder the case lies in
    "$recto" check --share share "$1/report.yaml" >"$tmp/out" 2>"$tmp/diag"
    echo $? >"$tmp/status"
    # what the shipped house style decides is no promise of a case
    sed 's/by [0-9]* points/by N points/' "$tmp/diag" >"$tmp/said"
    if [ -f "$here/$1/make.sh" ]; then
        sed -E 's/(house\.yaml):[0-9]+:/\1:N:/; s/^ *[0-9]+ \| /    N | /' \
            "$tmp/said" >"$tmp/diag"
    else
        mv "$tmp/said" "$tmp/diag"
    fi
    [ -s "$tmp/out" ] && { ok=0; echo "$1: check writes to standard output"; }
    compare "$tmp/diag" "$here/$1/expect.diag"
    compare "$tmp/status" "$here/$1/expect.status"
    for what in doc pages tags; do
        [ -f "$here/$1/expect.$what" ] || continue
        "$recto" dump $what --share share "$1/report.yaml" \
            >"$tmp/$what" 2>/dev/null
        compare "$tmp/$what" "$here/$1/expect.$what"
    done
}

for dir in */; do
    name=${dir%/}
    [ -f "$name/report.yaml" ] || continue
    [ -z "$only" ] || [ "$only" = "$name" ] || { skipped=$((skipped + 1)); continue; }
    ok=1
    if [ -f "$name/make.sh" ]; then
        cp -R "$name" "$tmp/$name"
        if (cd "$tmp/$name" && sh ./make.sh); then
            cd "$tmp" && run_case "$name"; cd "$here" || exit 1
        else
            ok=0; echo "$name: make.sh failed"
        fi
    else
        run_case "$name"
    fi
    if [ $ok = 1 ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "FAILED: case $name"; fi
done
[ -n "$only" ] && [ $((passed + failed)) = 0 ] && { echo "no case '$only'"; exit 1; }
if [ "$mode" = run ] && [ -z "$only" ]; then
    for script in same.sh command.sh allow.sh; do
        if sh ./$script "$recto"; then passed=$((passed + 1))
        else failed=$((failed + 1)); echo "FAILED: $script"; fi
    done
fi
echo "cases: $passed passed, $failed failed"
[ $failed = 0 ]
