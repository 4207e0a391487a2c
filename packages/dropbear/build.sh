# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
./configure --host="$HOST" --disable-zlib --disable-pam --disable-lastlog --disable-utmp \
	--disable-utmpx --disable-wtmp --disable-wtmpx --disable-harden
make PROGRAMS=dropbear
install -D dropbear "$OUT/usr/sbin/dropbear"
mkdir -p "$OUT/etc/dropbear"
