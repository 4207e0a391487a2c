# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
cmake -S . -B out -DCMAKE_TOOLCHAIN_FILE="$TOOLCHAIN/$LIBC.cmake" -DCMAKE_BUILD_TYPE=Release \
	-DWITH_TLS=OFF -DWITH_STATIC_LIBRARIES=ON -DDOCUMENTATION=OFF -DWITH_CLIENTS=OFF \
	-DWITH_APPS=OFF -DWITH_PLUGINS=OFF -DWITH_CJSON=OFF -DWITH_LIB_CPP=OFF -DWITH_SYSTEMD=OFF
cmake --build out --target mosquitto
install -D out/src/mosquitto "$OUT/usr/sbin/mosquitto"
