# Fields that no report has, in the head and foot of every page.
set -e
mkdir -p layouts/odd
sed -e 's/{{ chapter.title }}/{{ chapter.titel }}/' \
    -e 's/{{ report.owner }}/{{ report.ovner }}/' \
    ../share/layouts/plain/house.yaml >layouts/odd/house.yaml
