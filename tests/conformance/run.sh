#!/bin/sh
# PDF/UA-1 and PDF/A-2a (3a with attached data), judged by veraPDF: the report,
# its volumes, the small case and every torture document, in both house styles,
# in one Java process. Each file must claim both standards and pass both.
#   sh tests/conformance/run.sh RECTO BUILD
# The PDFs stay in BUILD/conformance. Without Java, Maven or a network this is
# skipped with the reason; with CI=true that is a failure.
set -u
build=$2
mkdir -p "$build"
build=$(cd "$build" && pwd)
case $1 in /*) recto=$1 ;; *) recto=$PWD/$1 ;; esac
cd "$(dirname "$0")/../.." || exit 1
out=$build/conformance
rm -rf "$out"; mkdir -p "$out"
passed=0; failed=0

# -- the documents -----------------------------------------------------------
: >"$out/expected" # what veraPDF must say, a line each
expect() { # expect PDF LEVEL
    printf 'PASS %s %s\nPASS %s ua1\n' "$1" "$2" "$1" >>"$out/expected"
}
set_pdf() { # set_pdf NAME LEVEL REPORT OPTIONS...
    pdf=$out/$1.pdf; level=$2; shift 2
    if "$recto" build "$@" -o "$pdf" >"$out/said" 2>&1; then
        expect "$pdf" "$level"
    else
        failed=$((failed + 1)); echo "FAILED: $pdf is not set"; head -20 "$out/said"
    fi
}
set_pdf report 2a samples/ways-of-working-2013/report.yaml
set_pdf report-attached 3a samples/ways-of-working-2013/report.yaml --attach-data
if "$recto" volumes samples/ways-of-working-2013/report.yaml -o "$out/volumes" >"$out/said" 2>&1; then
    for pdf in "$out"/volumes/*.pdf; do expect "$pdf" 2a; done
else
    failed=$((failed + 1)); echo 'FAILED: the volumes are not set'; head -20 "$out/said"
fi
for house in axis plain; do
    set_pdf "small-$house" 2a tests/cases/small/report.yaml --share tests/cases/share --house $house
done

# Each folder of tests/torture with a report.yaml is a document. One with a
# make.sh makes a house style of its own first, in a copy.
mkdir -p "$out/set/cases"
cp -R tests/torture "$out/set/torture"
cp -R tests/cases/small "$out/set/cases/small"
for report in tests/torture/*/report.yaml; do
    name=${report#tests/torture/}; name=${name%/report.yaml}
    folder=$out/set/torture/$name
    if [ -f "$folder/make.sh" ]; then
        (cd "$folder" && sh ./make.sh "$OLDPWD")
        set_pdf "$name" 2a "$folder/report.yaml" --share .
        continue
    fi
    for house in axis plain; do
        set_pdf "$name-$house" 2a "$folder/report.yaml" --share . --house $house
    done
done

set_pdf charts-attached 3a tests/torture/charts/report.yaml --share . --attach-data

# One file that must fail both: figures without alternative text, fonts that
# say no characters. Its claim stays.
spoilt=$out/spoilt.pdf
qpdf --qdf --object-streams=disable "$out/small-plain.pdf" "$spoilt"
LC_ALL=C sed -i 's|/Alt |/Xlt |; s|/Alt(|/Xlt(|; s|/ToUnicode|/XoUnicode|' "$spoilt"

# -- the checker -------------------------------------------------------------
classpath=$(sh tests/conformance/fetch.sh "$build/verapdf" 2>"$out/said")
case $? in
0) ;;
2)  echo "SKIPPED: conformance by veraPDF: $(cat "$out/said")"
    [ "${CI:-}" != true ] || { echo 'FAILED: with CI=true nothing may be skipped'; exit 1; }
    [ $failed = 0 ]; exit ;;
*)  cat "$out/said"; exit 1 ;;
esac
java -cp "$classpath" org.verapdf.apps.GreenfieldCliWrapper --format text -v \
    "$out"/*.pdf "$out"/volumes/*.pdf >"$out/verdict" 2>"$out/said"

# -- the verdict -------------------------------------------------------------
while IFS= read -r line; do
    if grep -qxF "$line" "$out/verdict"; then passed=$((passed + 1)); continue; fi
    failed=$((failed + 1)); echo "FAILED: wanted '$line', veraPDF says:"
    awk -v pdf="${line% *}" 'BEGIN { sub(/^PASS /, "", pdf) }
        !/^ / { mine = index($0, pdf) } mine' "$out/verdict"
done <"$out/expected"
for level in 2a ua1; do
    if grep -qxF "FAIL $spoilt $level" "$out/verdict"; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "FAILED: veraPDF sees nothing wrong in $spoilt ($level)"; fi
done
[ $failed = 0 ] || head -20 "$out/said"
echo "conformance: $passed passed, $failed failed"
[ $failed = 0 ]
