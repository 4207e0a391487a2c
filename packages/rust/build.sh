# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
mkdir -p "$OUT/usr/bin"
rustc -O -C target-feature=+crt-static -C linker="$CC" -o "$OUT/usr/bin/server" "$RECIPE/server.rs"
