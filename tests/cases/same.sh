#!/bin/sh
# The same report in another folder, locale and time zone, and with its files
# under other paths, gives the same dumps and the same PDF; one number more
# gives another.
set -u
recto=$1
cd "$(dirname "$0")" || exit 1
share=$PWD/share
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
cp -R small "$tmp/small"
mkdir -p "$tmp/deep/er/ü ä"
cp -R small "$tmp/deep/er/ü ä/other"
other="$tmp/deep/er/ü ä/other"
# a locale with decimal commas, where the machine has one
comma=$(locale -a 2>/dev/null | grep -iE '^(de_DE|fr_FR|nl_NL)\.?utf-?8$' | head -1)
for what in doc pages tags; do
    LC_ALL=C TZ=UTC "$recto" dump $what --share "$share" small/report.yaml \
        >"$tmp/a" 2>/dev/null
    (cd "$other" && LC_ALL=${comma:-tr_TR.UTF-8} LANG=${comma:-tr_TR.UTF-8} \
        TZ=Pacific/Kiritimati "$recto" dump $what --share "$share" \
        ./report.yaml) >"$tmp/b" 2>/dev/null
    [ -s "$tmp/a" ] || { echo "same: dump $what is empty"; bad=1; }
    cmp "$tmp/a" "$tmp/b" || { echo "same: dump $what differs"; bad=1; }
done
build() { # build REPORT PDF
    "$recto" build --share "$share" "$1" -o "$2" 2>/dev/null ||
        { echo "same: $1 does not build"; bad=1; }
}
LC_ALL=C TZ=UTC build small/report.yaml "$tmp/a.pdf"
sleep 1 # nothing may come from the clock
(cd "$other" && LC_ALL=${comma:-C} TZ=Pacific/Kiritimati "$recto" build \
    --share "$share" report.yaml -o "$tmp/b.pdf") 2>/dev/null
cmp "$tmp/a.pdf" "$tmp/b.pdf" || { echo "same: the PDF differs"; bad=1; }
# a note changes nothing that was counted; a count does
sed -i 's/^survey.reminders,3/survey.reminders,4/' "$other/data/facts.csv"
"$recto" dump doc --share "$share" "$other/report.yaml" >"$tmp/b" 2>/dev/null
"$recto" dump doc --share "$share" small/report.yaml >"$tmp/a" 2>/dev/null
[ "$(diff "$tmp/a" "$tmp/b" | grep -c '^>')" = 1 ] ||
    { echo 'same: one fact more changes not one line'; bad=1; }
exit $bad
