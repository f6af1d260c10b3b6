. ../share/barriers.sh
