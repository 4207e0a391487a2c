# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
autoreconf -fi
./configure --host="$HOST" --disable-shared --with-openssl --with-zlib --disable-ldap \
	--without-libidn2 --without-libpsl --without-brotli --without-zstd --without-nghttp2 \
	--without-librtmp --without-libssh2 --disable-manual
make -C lib
make -C src curl
install -D src/curl "$OUT/usr/bin/curl"
