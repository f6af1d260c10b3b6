#!/bin/sh
# Each check of accessibility by itself: it stops the build; `allow:` with its
# name, and no other, lets it pass; then the file claims nothing.
set -u
recto=$1
cd "$(dirname "$0")" || exit 1
share=$PWD/share; data=$PWD/small/data
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
no() { echo "allow: $*"; cat "$tmp/said"; bad=1; }

claims() { # how many standards the file says it conforms to
    grep -acE '<pdf(ua|a)id:part>' "$tmp/out.pdf"
}

write_report() { # write_report ALLOWED LANGUAGE HOUSE
    cat >"$tmp/report.yaml" <<EOF
report: {title: A report, language: $2}
data: $data
house: $3
structure: mini
whole: eastmere
allow: [$1]
chapters: {body: [one.md]}
EOF
}

try() { # try NAME CHAPTER [LANGUAGE [HOUSE]]
    printf '# One\n\n%b\n' "$2" >"$tmp/chapters/one.md"
    for allowed in '' "$others" "$1"; do
        rm -f "$tmp/out.pdf"
        write_report "$allowed" "${3:-en-GB}" "${4:-plain}"
        "$recto" build --share "$share" "$tmp/report.yaml" -o "$tmp/out.pdf" \
            >"$tmp/said" 2>&1
        got=$?
        [ "$allowed" = "$1" ] && break
        [ $got = 1 ] && grep -q ": error: .*\[$1\]" "$tmp/said" ||
            no "$1 does not stop a report that allows '$allowed'"
        [ -e "$tmp/out.pdf" ] && no "$1 was found and a file written"
    done
    [ $got = 0 ] || { no "'$1' is allowed and stops the build"; return; }
    [ "$(claims)" = 0 ] || no "'$1' is allowed and the file claims to conform"
    grep -q "note: '$1' is allowed .*\[no-claim\]" "$tmp/said" ||
        no "nothing says that '$1' was needed"
}

mkdir -p "$tmp/chapters" "$tmp/layouts/weak"
cp small/bus.png "$tmp"
sed 's/^  grey: .*/  grey: "9A9A9A"/' share/layouts/plain/house.yaml \
    >"$tmp/layouts/weak/house.yaml"

# sound: both claims, even where all is allowed
printf '# One\n\nText.\n' >"$tmp/chapters/one.md"
others='low-contrast, missing-alt, missing-head, skipped-heading, unknown-language'
for allowed in '' "$others"; do
    write_report "$allowed" en-GB plain
    "$recto" build --share "$share" "$tmp/report.yaml" -o "$tmp/out.pdf" \
        >"$tmp/said" 2>&1 || no 'a sound report is refused'
    [ "$(claims)" = 2 ] || no "a sound report claims $(claims) standards, not 2"
    grep -q no-claim "$tmp/said" && no 'nothing was let pass'
done

others='missing-alt, missing-head, skipped-heading, unknown-language'
try low-contrast 'Text.' en-GB weak
others='low-contrast, missing-head, skipped-heading, unknown-language'
try missing-alt '```figure\nheadline: A picture\nimage: bus.png\n```'
others='low-contrast, missing-alt, skipped-heading, unknown-language'
try missing-head '| A | |\n|---|---|\n| b | c |'
try missing-head '| A | B |\n|---|---|\n| | c |'
others='low-contrast, missing-alt, missing-head, unknown-language'
try skipped-heading '#### A head\n\nText.'
others='low-contrast, missing-alt, missing-head, skipped-heading'
try unknown-language 'Text.' xx
try unknown-language '[Mot](lang:fx).'
exit $bad
