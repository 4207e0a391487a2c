# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
mkdir -p "$OUT/usr/bin"
export GOCACHE="$PWD/cache" GO111MODULE=off CGO_ENABLED=0
go build -o "$OUT/usr/bin/server" "$RECIPE/server.go"
