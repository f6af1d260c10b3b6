#!/bin/sh
# The command itself: exit statuses, what it writes and what it leaves alone.
set -u
recto=$1
cd "$(dirname "$0")" || exit 1
share=$PWD/share
tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
bad=0
gives() { # gives STATUS ARGUMENTS...
    want=$1; shift
    "$recto" "$@" >"$tmp/out" 2>"$tmp/err"; got=$?
    [ $got = "$want" ] || {
        echo "recto $*: exit $got, expected $want"; cat "$tmp/err"; bad=1; }
}
says() { # says FILE TEXT
    grep -qF -e "$2" "$tmp/$1" || { echo "$1 lacks: $2"; cat "$tmp/$1"; bad=1; }
}
is_silent() { [ -s "$tmp/$1" ] && { echo "$1 is not empty:"; cat "$tmp/$1"; bad=1; }; }

# wrong use
gives 2; says err 'usage: recto'
gives 2 biuld small/report.yaml; says err "did you mean 'build'?"
gives 2 build; gives 2 build a b
gives 2 build small/report.yaml --hause x; says err '--hause'
gives 2 build small/report.yaml -o; says err 'needs a value'
gives 2 preview small/report.yaml --pages 7-3; says err '7-3'
gives 2 preview small/report.yaml --dpi many
gives 2 check small/report.yaml --format xml
gives 2 dump everything small/report.yaml
gives 2 convert small/data
gives 0 --help; says out 'exit status'; is_silent err
gives 0 --version; says out 'recto '

# the input's errors, the world's
gives 1 check --share "$share" bad-yaml/report.yaml; is_silent out
gives 3 check --share "$share" nowhere/report.yaml; says err 'nowhere/report.yaml'
gives 1 check --share "$share" --house nonesuch small/report.yaml
says err 'nonesuch'

# one PDF, whole or not at all
gives 0 build --share "$share" small/report.yaml -o "$tmp/new/small.pdf"
is_silent out
head -c 5 "$tmp/new/small.pdf" | grep -q '%PDF-' || { echo 'no PDF'; bad=1; }
cp "$tmp/new/small.pdf" "$tmp/old.pdf"
gives 1 build --share "$share" bad-names/report.yaml -o "$tmp/new/small.pdf"
cmp -s "$tmp/old.pdf" "$tmp/new/small.pdf" ||
    { echo 'errors wrote over the old PDF'; bad=1; }
[ "$(ls "$tmp/new")" = small.pdf ] || { echo 'files left behind'; ls "$tmp/new"; bad=1; }
if [ "$(id -u)" != 0 ]; then
    mkdir "$tmp/shut"; chmod a-w "$tmp/shut"
    gives 3 build --share "$share" small/report.yaml -o "$tmp/shut/x.pdf"
fi
for place in "$tmp/old.pdf/x.pdf" /proc/nowhere/x.pdf; do
    gives 3 build --share "$share" small/report.yaml -o "$place"
    says err unwritable-file
done
if [ -w /dev/full ]; then
    "$recto" dump doc --share "$share" small/report.yaml 2>/dev/null >/dev/full
    [ $? = 4 ] || { echo 'a full disk is not told'; bad=1; }
fi

# a picture cut short is told where it is named, and nothing is written
cp -R small "$tmp/cut"; head -c 120 small/bus.png >"$tmp/cut/bus.png"
gives 1 build --share "$share" "$tmp/cut/report.yaml" -o "$tmp/cut/out.pdf"
says err 'other.md:75:8: error: the image is cut short'; says err unusable-image
[ ! -e "$tmp/cut/out.pdf" ] || { echo 'a PDF with a broken picture'; bad=1; }

# messages for programs: one object a line, each with its place
gives 1 check --share "$share" --format json bad-names/report.yaml
python3 - "$tmp/err" <<'PY' || bad=1
import json, sys
seen = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len(seen) > 10, seen
for d in seen:
    assert d["severity"] in ("note", "warning", "error"), d
    assert d["name"] and d["message"] and d["line"] > 0 and d["to"] >= d["from"], d
PY

# CSV to SQLite and back, and the same report from either
gives 0 convert small/data -o "$tmp/small.sqlite"; is_silent err
gives 0 convert "$tmp/small.sqlite" -o "$tmp/back"; is_silent err
gives 0 convert "$tmp/back" -o "$tmp/again.sqlite"
mkdir "$tmp/report"; cp -R small/* "$tmp/report"; rm -r "$tmp/report/data"
sed -i "s,^data: .*,data: ../small.sqlite," "$tmp/report/report.yaml"
"$recto" dump doc --share "$share" small/report.yaml >"$tmp/a" 2>/dev/null
"$recto" dump doc --share "$share" "$tmp/report/report.yaml" >"$tmp/b" 2>/dev/null
cmp "$tmp/a" "$tmp/b" || { echo 'SQLite gives another report than CSV'; bad=1; }

# pages as pictures
gives 0 preview --share "$share" small/report.yaml -o "$tmp/pages" --pages 2-3 --dpi 30
[ "$(ls "$tmp/pages")" = "page-002.png
page-003.png" ] || { echo 'preview wrote other pages'; ls "$tmp/pages"; bad=1; }
gives 1 preview --share "$share" small/report.yaml -o "$tmp/pages" --pages 900
exit $bad
