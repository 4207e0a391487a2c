# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
mkdir -p "$OUT/usr/bin"
cp "$RECIPE/primes.ml" .
ocamlopt -cc "$CC" unix.cmxa primes.ml -o "$OUT/usr/bin/primes"
