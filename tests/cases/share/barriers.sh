# What keeps readers out, each in its way; a fill too pale for its page, and
# values and arrows that cannot be told from what they stand on.
set -e
mkdir -p layouts/odd data
cp ../small/data/*.csv data
sed -i 's/,Merci !,fr,/,Merci !,french,/; s/Merci !,fr,/Merci !,french,/' data/comments.csv
sed -e 's/^contrast: .*/contrast: {text: 4, parts: 2.5}/' \
    -e '/^  value:/s/colour: contrast/colour: ink/' \
    ../share/layouts/plain/house.yaml >layouts/odd/house.yaml
