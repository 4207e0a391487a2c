# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
make CC="$CC" AR="$AR" RANLIB="$RANLIB" uname_S=Linux MALLOC=libc USE_SYSTEMD=no OPTIMIZATION=-O2 \
	redis-server
install -D src/redis-server "$OUT/usr/bin/redis-server"
