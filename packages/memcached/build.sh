# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
./configure --host="$HOST" --disable-extstore --disable-docs
make memcached
install -D memcached "$OUT/usr/bin/memcached"
