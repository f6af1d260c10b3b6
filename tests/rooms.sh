#!/bin/sh
# Checks who includes whom: every #include "room/..." in src/room2 must be
# room2 itself or a room it may see, and a library's header stays in its room.
# Arguments: 'room:dep dep ...' for each room.
set -u
bad=0
allowed() { # allowed FILE ROOM DEPS...
    file=$1; shift
    for inc in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file"); do
        ok=0
        for r in "$@"; do [ "$inc" = "$r" ] && ok=1; done
        [ $ok = 1 ] || { echo "$file: must not include $inc/"; bad=1; }
    done
}
for arg in "$@"; do
    room=${arg%%:*}; deps=${arg#*:}
    for f in src/"$room"/*.[ch]; do
        # shellcheck disable=SC2086
        allowed "$f" "$room" $deps
    done
done
library() { # library PATTERN ROOMS...
    pattern=$1; shift
    for f in $(grep -lE "#include <($pattern)" src/*/*.[ch] src/*.[ch]); do
        room=${f#src/}; room=${room%%/*}; ok=0
        for r in "$@"; do [ "$room" = "$r" ] && ok=1; done
        [ $ok = 1 ] || { echo "$f: $pattern belongs to $*"; bad=1; }
    done
}
library 'pango' text
library 'hpdf|libdeflate|cairo|hb-subset' device
library 'cmark|yaml' spec
library 'lua|lauxlib' script
library 'sqlite3|csv' data
library 'jansson' batch
[ $bad = 0 ] && echo 'rooms: every include goes down the ladder'
exit $bad
