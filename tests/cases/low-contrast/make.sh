# Grey text on white, and two neighbours of a bar that look alike.
set -e
mkdir -p layouts/odd
sed -e 's/^  grey: "4A4A4A"/  grey: "9A9A9A"/' \
    -e 's/^  brown: "6E2D0C"/  brown: "D87010"/' \
    ../share/layouts/plain/house.yaml >layouts/odd/house.yaml
