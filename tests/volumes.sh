#!/bin/sh
# The sample's volumes, one for each area team: set without a warning, 12 to 20
# pages each, in words that read as written by a person, and with nothing in
# them of an area that the volume is not about.
#   sh tests/volumes.sh RECTO
set -u
case $1 in /*) recto=$1 ;; *) recto=$PWD/$1 ;; esac
cd "$(dirname "$0")/.." || exit 1
survey=samples/ways-of-working-2013
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0; count=0
complain() { echo "volumes: $*"; bad=1; }

# keys and names of the kind of groups that have volumes, in the data's order
"${PYTHON:-python3}" - "$survey" >"$tmp/areas" <<'PYTHON'
import csv, sys
for row in csv.DictReader(open(sys.argv[1] + '/data/groups.csv', encoding='utf-8')):
    if row['kind'] == 'area_team':
        print(row['group'], row['name'], sep='\t')
PYTHON
tab=$(printf '\t')

while IFS=$tab read -r key name; do
    count=$((count + 1))
    "$recto" build "$survey/report.yaml" --volume "$key" -o "$tmp/v.pdf" 2>"$tmp/said" ||
        complain "$key is not set" "$(grep -A2 error "$tmp/said")"
    grep -q 'warning' "$tmp/said" && complain "$key: $(grep -A2 warning "$tmp/said")"
    pages=$(pdfinfo "$tmp/v.pdf" | sed -n 's/^Pages: *//p')
    { [ "$pages" -ge 12 ] && [ "$pages" -le 20 ]; } || complain "$key has $pages pages"
    "$recto" dump doc "$survey/report.yaml" --volume "$key" >"$tmp/doc" 2>/dev/null
    "${PYTHON:-python3}" tests/prose.py --volume "$tmp/doc" >"$tmp/read" 2>&1 ||
        complain "$key reads badly: $(grep -v 'problems$' "$tmp/read")"
    grep -q "^field cover.title = $(printf %s "$name" | sed 's/[.&]/\\&/g')\$" "$tmp/doc" ||
        complain "$key has another name on its cover"
    # each mark of a low base in a facts table is explained beside it
    awk '/^  table facts/ { table = 1; left = seen = "" }
         table && /^    left / { left = $0 }
         table && /\*[^*]*below 100}/ { if (left !~ /left \* /) bad = 1; seen = 1 }
         table && /\*\*[^*]*below 30}/ { if (left !~ /\*\* /) bad = 1; seen = 1 }
         table && seen && /^  [a-z]/ && !/^  table/ { table = 0; found = 1 }
         END { exit bad || !found }' "$tmp/doc" || complain "$key: a mark in a facts table is not explained"
    # its own name may hold another's; who is reported with it is named too
    with=$(sed -n 's/^field cover.for = .*reported together with //p' "$tmp/doc")
    while IFS=$tab read -r other_key other; do
        [ "$other_key" = "$key" ] || [ "$other" = "$with" ] && continue
        case $name in *"$other"*) continue ;; esac
        sed 's/~/ /g' "$tmp/doc" | grep -qF "$other" && complain "$key speaks of $other"
    done <"$tmp/areas"
done <"$tmp/areas"
# another survey's, by the structure's own pages: a district and a ward
cp -R tests/cases/small "$tmp/small"
printf 'volumes: {structure: area-volume, each: district}\n' >>"$tmp/small/report.yaml"
for key in harbour old-town; do
    "$recto" build "$tmp/small/report.yaml" --share . --volume $key -o "$tmp/v.pdf" 2>"$tmp/said" ||
        complain "$key of the small survey is not set" "$(grep -A2 error "$tmp/said")"
    grep -q 'warning' "$tmp/said" && complain "$key: $(grep -A2 warning "$tmp/said")"
done
[ $count = 27 ] || complain "$count areas, not 27"
[ $bad = 0 ] && echo "volumes: $count read, 12 to 20 pages each"
exit $bad
