# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
rm src/luac.c
# What Debian's own rules would write.
echo '#define DEB_HOST_MULTIARCH "x86_64-linux-gnu"' >src/lua5.4-deb-multiarch.h
"$CC" -O2 -DLUA_USE_POSIX -o lua src/*.c -lm
install -D lua "$OUT/usr/bin/lua"
