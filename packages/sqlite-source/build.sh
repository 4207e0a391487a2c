# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
./configure --host="$HOST" --disable-tcl --disable-readline --disable-shared
make sqlite3
install -D sqlite3 "$OUT/usr/bin/sqlite3"
