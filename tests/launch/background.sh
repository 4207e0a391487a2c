# SPDX-License-Identifier: GPL-2.0
# Guests in the background: cookie, list, log, clean and unclean stop, and nothing left over.
. "$(dirname "$0")/../lib/testlib.sh"
export XDG_RUNTIME_DIR=$T

bake "$T/sh.img" hw_virtio /bin/busybox --arg sh --arg -c
state=$T/rumprun

# shellcheck disable=SC2016
start -N first "$T/sh.img" 'trap "echo stopped; exit 7" TERM; echo begun; while :; do sleep 1; done'
first=$cookie
same "the cookie has the guest's name" first- "${first%????}"
rumpstop -l >"$T/list"
contains "it is listed" "^$first  *running  *$T/sh.img" "$T/list"
until_ok 20 grep -q begun "$state/$first/log" && ok "its output is in the log" ||
	fail "its output is in the log" "it is not" "$state/$first/log"
cp "$state/$first/state.json" "$T"
same "a clean stop gives the program's status" "$first: exit 7" "$(rumpstop "$first" 2>&1)"
same "and nothing is left" "" "$(ls "$state")"

start --json -I net0,virtio "$T/sh.img" 'sleep 100'
cookie=${cookie#*'"cookie":"'} && cookie=${cookie%%'"'*}
qemu=$(sed -n 's/.*"qemu_pid": *\([0-9]*\).*/\1/p' "$state/$cookie/state.json")
pid=$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$state/$cookie/state.json")
contains "ps shows its options whole" ' -I net0,virtio ' <(tr '\0' ' ' <"/proc/$pid/cmdline")
same "stopped at once" "$cookie: exit 137" "$(rumpstop -k "$cookie" 2>&1)"
[ ! -d "/proc/$qemu" ] && ok "QEMU is gone" || fail "QEMU is gone" "it is not"

start "$T/sh.img" 'echo bye; exit 3'
ended() { rumpstop -l | grep -q "^$cookie  *ended"; }
until_ok 20 ended && ok "an end by itself is remembered" || fail "an end by itself is remembered" no
contains "with its log" bye "$state/$cookie/log"
same "and its status" "$cookie: exit 3" "$(rumpstop "$cookie" 2>&1)"

start "$T/sh.img" 'kill -SEGV $$'
until_ok 20 ended
same "a crash is told" "$cookie: exit 139" "$(rumpstop "$cookie" 2>"$T/err")"
contains "with the end of the log" 'SIGSEGV' "$T/err"

start -d "$T/sh.img" 'exit 3'
gone() { [ -z "$(ls "$state")" ]; }
until_ok 20 gone && ok "-d forgets it" || fail "-d forgets it" "$(ls "$state")"

start "$T/sh.img" 'sleep 100'
kill -9 "$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$state/$cookie/state.json")"
until_ok 10 sh -c "rumpstop -l | grep -q '^$cookie  *lost'" && ok "a killed supervisor is told" ||
	fail "a killed supervisor is told" "$(rumpstop -l)"
qemu=$(sed -n 's/.*"qemu_pid": *\([0-9]*\).*/\1/p' "$state/$cookie/state.json")
until_ok 10 test ! -d "/proc/$qemu" && ok "and its QEMU ends with it" ||
	fail "and its QEMU ends with it" "it runs on"
rumpstop "$cookie"

timeout 60 rumprun qemu "$T/sh.img" 'sleep 100' 2>"$T/err" >/dev/full
same "a cookie that cannot be printed: status" 71 $? "$T/err"
contains "a cookie that cannot be printed: message" 'cookie could not be printed' "$T/err"
until_ok 20 gone && ok "and the guest is stopped" || fail "and the guest is stopped" "$(ls "$state")"

truncate -s 1M "$T/empty.img"
timeout 60 rumprun qemu -b "$T/empty.img,/data" "$T/sh.img" true >"$T/out" 2>"$T/err"
same "a guest that cannot start has no cookie" 71: "$?:$(cat "$T/out")"
contains "but a reason" 'empty.img: no known file system' "$T/err"
same "and leaves nothing" "" "$(ls "$state")"

# Stopping a guest in the foreground.
timeout 60 rumprun qemu -i "$T/sh.img" 'trap "echo stopped; exit 7" TERM; echo begun
	while :; do sleep 1; done' >"$T/out" 2>"$T/err" </dev/null &
guest=$!
until_ok 20 grep -q begun "$T/out"
kill -TERM $guest
wait $guest
status=$?
same "SIGTERM to rumprun is a clean stop" $'begun\nstopped:7' "$(cat "$T/out"):$status"
