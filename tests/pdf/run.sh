#!/bin/sh
# The finished report, judged by other people's tools. Argument: the program.
# Prints a line a check; exit 1 if any fails.
set -u
recto=$1
case $recto in /*) ;; *) recto=$PWD/$recto ;; esac
sample=samples/ways-of-working-2013/report.yaml
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
passed=0; failed=0
ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED: $*"; }
check() { # check WHAT COMMAND...
    what=$1; shift
    if "$@" >"$tmp/said" 2>&1; then ok; else no "$what"; head -20 "$tmp/said"; fi
}

pdf=$tmp/report.pdf
check 'the report is set' "$recto" build $sample -o "$pdf"
[ -s "$pdf" ] || { echo "pdf: $passed passed, $failed failed"; exit 1; }

# -- sound ------------------------------------------------------------------
check 'qpdf --check' qpdf --check "$pdf"
check 'mutool reads it' mutool info "$pdf"
pages=$(pdfinfo "$pdf" 2>"$tmp/warn" | sed -n 's/^Pages: *//p')
[ ! -s "$tmp/warn" ] && ok || no "pdfinfo warns: $(head -3 "$tmp/warn")"
[ "${pages:-0}" -ge 140 ] && [ "$pages" -le 170 ] && ok || no "$pages pages: 140 to 170 wanted"
pdfinfo "$pdf" | grep -q '^Tagged: *yes' && ok || no 'not tagged'
pdfinfo "$pdf" | grep -q '^Title: *Ways of Working Survey 2013' && ok || no 'title'
pdfinfo "$pdf" | grep -q '^PDF version: *1.7' && ok || no 'PDF version'

# -- fonts: all embedded, all subset, all with ToUnicode -----------------------
pdffonts "$pdf" >"$tmp/fonts" 2>"$tmp/warn"
[ ! -s "$tmp/warn" ] && ok || no 'pdffonts warns'
awk 'NR > 2 { if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") { print; bad = 1 } n++ }
     END { exit bad || n < 5 }' "$tmp/fonts" >"$tmp/said" && ok || { no 'a font is not embedded, not a subset or has no ToUnicode'; cat "$tmp/said"; }

# -- structure ------------------------------------------------------------------
pdfinfo -struct "$pdf" >"$tmp/struct" 2>"$tmp/warn"
[ ! -s "$tmp/warn" ] && ok || { no 'the structure tree is not read'; head -3 "$tmp/warn"; }
for tag in Document Part Sect H1 H2 P L LI Lbl LBody Table TR TH TD Figure Caption Link Note TOC TOCI; do
    grep -q "^ *$tag\b" "$tmp/struct" && ok || no "no $tag in the structure tree"
done

# -- reading order of a page with chart, side-heads and notes, and of a table ------
# (contents are drawn in reading order, so -raw shows it; `pdfinfo -struct-text`
# shows the tree's own, but takes minutes on a report of this length)
pdftotext -raw -l 40 "$pdf" "$tmp/raw" 2>/dev/null
check 'reading order' python3 tests/pdf/order.py "$tmp/raw"

# -- the same bytes: twice, in another folder, locale and time zone ------------------
"$recto" build $sample -o "$tmp/again.pdf" >/dev/null 2>&1
cmp -s "$pdf" "$tmp/again.pdf" && ok || no 'two runs give different bytes'
mkdir -p "$tmp/else where/ö" && cp -r samples/ways-of-working-2013 "$tmp/else where/ö/w"
(cd "$tmp/else where/ö" && LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia "$recto" build w/report.yaml -o other.pdf >/dev/null 2>&1)
cmp -s "$pdf" "$tmp/else where/ö/other.pdf" && ok || no 'another folder, locale or zone gives different bytes'

# -- installed, far from the checkout: the same ------------------------------------------
check 'make install' make install DESTDIR="$tmp/root" PREFIX=/usr
(cd "$tmp/else where/ö" && "$tmp/root/usr/bin/recto" build w/report.yaml -o installed.pdf >/dev/null 2>&1)
cmp -s "$pdf" "$tmp/else where/ö/installed.pdf" && ok || no 'the installed program sets other bytes'
(cd "$tmp/else where/ö" && "$tmp/root/usr/bin/recto" volumes w/report.yaml --only at-essex -o v >"$tmp/said" 2>&1) \
    && ok || { no 'the installed program sets no volume'; head -5 "$tmp/said"; }

# -- nothing is written over the old file when there is an error ----------------------
cp -r samples/ways-of-working-2013 "$tmp/bad"
sed -i 's/overall.at_effective/overall.at_efective/' "$tmp/bad/chapters/overview.md"
echo old >"$tmp/bad/out.pdf"
"$recto" build "$tmp/bad/report.yaml" -o "$tmp/bad/out.pdf" >"$tmp/said" 2>&1
[ $? = 1 ] && ok || no 'an unknown item is not exit status 1'
[ "$(cat "$tmp/bad/out.pdf")" = old ] && ok || no 'the old file was touched'
grep -q "overview.md:2:.*unknown item 'overall.at_efective'" "$tmp/said" && ok || { no 'the mistake is not located'; head -5 "$tmp/said"; }
grep -q "did you mean 'overall.at_effective'" "$tmp/said" && ok || no 'no suggestion'

# -- the world's faults ----------------------------------------------------------------
"$recto" build $sample -o /proc/nowhere/x.pdf >"$tmp/said" 2>&1
[ $? = 3 ] && ok || { no 'an unwritable folder is not exit status 3'; head -3 "$tmp/said"; }
if [ -w /dev/full ]; then
    "$recto" build $sample -o /dev/full >"$tmp/said" 2>&1
    [ $? = 4 ] && ok || { no 'no space left is not exit status 4'; head -3 "$tmp/said"; }
fi
mkdir "$tmp/share" && cp -r layouts assets "$tmp/share/" && mkdir "$tmp/share/fonts" && cp fonts/* "$tmp/share/fonts/" && rm "$tmp/share/fonts/CharisSIL-Italic.ttf"
"$recto" build $sample --share "$tmp/share" -o "$tmp/x.pdf" >"$tmp/said" 2>&1
[ $? = 3 ] && grep -q 'CharisSIL-Italic.ttf' "$tmp/said" && ok || { no 'a missing font is not named with exit status 3'; head -3 "$tmp/said"; }

# -- the other house style sets the same report --------------------------------------------
check 'house style plain' "$recto" build $sample --house plain -o "$tmp/plain.pdf"
check 'qpdf --check of plain' qpdf --check "$tmp/plain.pdf"

# -- a SQLite file in place of the CSV folder gives the same report --------------------------
cp -r samples/ways-of-working-2013 "$tmp/sql"
check 'convert to SQLite' "$recto" convert samples/ways-of-working-2013/data -o "$tmp/sql/data.sqlite"
check 'convert back' "$recto" convert "$tmp/sql/data.sqlite" -o "$tmp/back"
for t in groups questions results facts; do
    cmp -s "$tmp/back/$t.csv" samples/ways-of-working-2013/data/$t.csv && ok || no "$t.csv there and back differs"
done
sed -i 's|^data: .*|data: data.sqlite|' "$tmp/sql/report.yaml"
check 'the report from SQLite' "$recto" build "$tmp/sql/report.yaml" -o "$tmp/sql.pdf"
cmp -s "$pdf" "$tmp/sql.pdf" && ok || no 'SQLite and CSV give different bytes'

# -- attached data -------------------------------------------------------------------------
check 'attached data' python3 tests/pdf/attached.py "$recto" $sample
check 'attached data of waves, weights and counts' python3 tests/pdf/attached.py "$recto" tests/torture/charts/report.yaml

# -- preview and PDF are the same picture ---------------------------------------------------
check 'preview against rasterised PDF' python3 tests/pixels/compare.py "$recto" $sample "$pdf"

# -- the words -----------------------------------------------------------------------------
if [ -f tests/prose.py ]; then
    "$recto" dump doc $sample >"$tmp/doc" 2>/dev/null
    check 'the prose test can fail' python3 tests/prose.py --self-test
    check 'the prose' python3 tests/prose.py "$tmp/doc"
    for key in $(awk -F, '$2 == "area_team" { print $1 }' "$(dirname $sample)/data/groups.csv"); do
        "$recto" dump doc $sample --volume "$key" >"$tmp/doc" 2>/dev/null || no "no volume of $key"
        python3 tests/prose.py --volume "$tmp/doc" >"$tmp/said" || { cat "$tmp/said"; no "the prose of the volume of $key"; }
    done
fi

# -- read back: order, alternatives, tables, links, notes, artifacts, and every word -------------
# With Debian's Python where another one stands before it.
py=python3; $py -c 'import pikepdf' 2>/dev/null || py=/usr/bin/python3
read_back() { # read_back NAME PDF RECTO-ARGUMENTS...
    name=$1; file=$2; shift 2
    "$recto" dump doc "$@" >"$tmp/$name.doc" 2>/dev/null
    $py tests/pdf/readback.py "$file" "$tmp/$name.doc" >"$tmp/$name.said" 2>&1
    echo $? >"$tmp/$name.status"
}
read_back report "$pdf" $sample &
read_back plain "$tmp/plain.pdf" --house plain $sample
wait
names='report plain'
for volume in 'at-south-london axis' 'at-north-west-london axis' 'at-greater-manchester plain'; do # few, reported together, the other look
    key=${volume% *}; house=${volume#* }; names="$names $key"
    "$recto" build $sample --volume "$key" --house "$house" -o "$tmp/$key.pdf" >/dev/null 2>&1
    read_back "$key" "$tmp/$key.pdf" $sample --volume "$key" --house "$house" &
done
wait
for folder in tests/torture/*/; do # those that need no house style of their own
    [ -f "$folder/report.yaml" ] && [ ! -f "$folder/make.sh" ] || continue
    name=$(basename "$folder"); names="$names $name"
    "$recto" build "$folder/report.yaml" -o "$tmp/$name.pdf" >/dev/null 2>&1
    read_back "$name" "$tmp/$name.pdf" "$folder/report.yaml"
done
for name in $names; do
    [ "$(cat "$tmp/$name.status")" = 0 ] && ok || { no "$name, read back"; head -20 "$tmp/$name.said"; }
done
small=tests/cases/small/report.yaml
check 'the small report is set' "$recto" build $small --share tests/cases/share --house axis -o "$tmp/small.pdf"
"$recto" dump doc $small --share tests/cases/share --house axis >"$tmp/small.doc" 2>/dev/null
check 'each rule of reading back can fail' $py tests/pdf/readback.py --self-test "$tmp/small.pdf" "$tmp/small.doc"
check 'text of reports made by chance' $py tests/pdf/generated.py "$recto" --count 12

echo "pdf: $passed passed, $failed failed"
[ $failed = 0 ]
