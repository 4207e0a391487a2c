# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
mkdir -p "$OUT/srv"
javac -d "$OUT/srv" "$RECIPE/Server.java"
