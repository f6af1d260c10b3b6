# Each line of a sound house style spoilt in another way.
set -e
mkdir -p layouts/odd
sed -e 's/^  teal: "0B4A46"/  teal: "0B4A4"/' \
    -e 's/right: "{{ page }}"/right: "{{ paige }}"/' \
    -e 's/{{ report.owner }}/{{ report.ovner }}/' \
    -e '/^  cover-sub:/s/colour: ink/colour: inc/' \
    -e '/^  title:/s/size: 27/size: 27px/' \
    -e '/^  lead:/s/leading: 21/leeding: 21/' \
    -e '/^  net:/s/sans semibold/sans semibald/' \
    -e '/^  legend: {columns/s/swatch: 10/swatch: -10/' \
    -e '/^  data-link:/d' \
    -e '/^  section: 36/d' \
    -e 's/^words: .*/wordz:/' \
    ../share/layouts/plain/house.yaml >layouts/odd/house.yaml
