# A count that cannot be read, a block that never closes and a chapter that is
# not there: three mistakes are three messages, though figures, blocks and ids
# are missing all over the report.
set -e
cp -R ../small/. .
rm -f expect.*
sed -i -e '2s/,61,/,many,/' data/results.csv
sed -i -e '/^headline: Most journeys are easy, fewer are safe/{n;d;}' chapters/journey.md
sed -i -e 's/    - other.md/    - ohter.md/' report.yaml
