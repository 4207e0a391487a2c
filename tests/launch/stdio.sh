# SPDX-License-Identifier: GPL-2.0
# Standard streams are the launcher's, byte for byte, with an end of file.
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/cat.img" "$CONFIG" /bin/cat
bake "$T/sh.img" "$CONFIG" /bin/busybox --arg sh --arg -c

echo x | boot 60 "$T/cat.img"
same "cat gives back its input" x "$(cat "$T/out")" "$T/err"

head -c 100000000 /dev/urandom >"$T/random"
boot 300 "$T/cat.img" <"$T/random"
cmp -s "$T/random" "$T/out" && ok "100 MB of any bytes" ||
	fail "100 MB of any bytes" "they differ" "$T/err"

boot 60 "$T/cat.img" </dev/null
same "an empty input ends the program" 0:0 "$?:$(wc -c <"$T/out")" "$T/err"

boot 60 "$T/sh.img" 'echo out; echo err >&2; exit 5' </dev/null
same "status through a shell" 5 $? "$T/err"
same "standard output" out "$(cat "$T/out")"
same "standard error" err "$(cat "$T/err")"

boot 60 -e GREETING='good day' "$T/sh.img" 'echo "$GREETING" | busybox tr a-z A-Z | busybox rev' </dev/null
same "busybox runs a pipeline" 'YAD DOOG' "$(cat "$T/out")" "$T/err"

rumprun "${platform[@]}" -i "$T/sh.img" 'echo out' 1<"$T/out" 2>"$T/err" </dev/null
same "an output that cannot be written: status" 74 $? "$T/err"
contains "an output that cannot be written: message" 'standard output: Bad file descriptor' "$T/err"
rumprun "${platform[@]}" -i "$T/sh.img" 'echo out; exit 5' 1<"$T/out" 2>"$T/err" </dev/null
same "the program's own status comes first" 5 $? "$T/err"
