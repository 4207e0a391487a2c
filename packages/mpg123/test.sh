# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Five seconds of a tone that rises, made here.
prepare() {
	input=$T/tone.mp3
	python3 -c 'import math, struct, sys
for i in range(44100 * 5):
    sample = 12000 * math.sin(i * (300 + i / 400) * 2 * math.pi / 44100)
    sys.stdout.buffer.write(struct.pack("<h", int(sample)))' |
		lame --quiet -r -s 44.1 -m m -b 64 - "$input"
}

check() {
	same "its status" 0 "$status" "$T/err"
	same "the samples are those of the host's decoder" \
		"$(mpg123 -q -s - <"$input" 2>/dev/null | sha256sum)" "$(sha256sum <"$T/out")" "$T/err"
	[ "$(stat -c %s "$T/out")" -gt 400000 ] && ok "five seconds of them" ||
		fail "five seconds of them" "$(stat -c %s "$T/out") bytes"
}
