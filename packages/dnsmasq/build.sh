# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
make CC="$CC" CFLAGS=-O2
install -D src/dnsmasq "$OUT/usr/sbin/dnsmasq"
