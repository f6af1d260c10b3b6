set -e
mkdir -p layouts/odd
sed -e 's/OpenSans-Bold.ttf/OpenSans-Fat.ttf/' \
    -e 's/OpenSans-Light.ttf/..\/assets\/sRGB.icc/' \
    ../share/layouts/plain/house.yaml >layouts/odd/house.yaml
