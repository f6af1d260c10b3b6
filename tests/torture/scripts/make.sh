# A house style of the report's own: `plain`, with fonts for two scripts and for
# the letters that Open Sans lacks.
set -e
mkdir -p layouts/ours
sed 's/^fonts:$/&\
  letters: {regular: CharisSIL-Regular.ttf}\
  hebrew: {regular: NotoSansHebrew-Regular.ttf}\
  arabic: {regular: NotoNaskhArabic-Regular-subset.ttf}/' \
    "$1/layouts/plain/house.yaml" >layouts/ours/house.yaml
