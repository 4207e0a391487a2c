# SPDX-License-Identifier: GPL-2.0
# A day of timers in a process whose clock runs 720 times as fast: two minutes. What is looked at holds
# however late the host is: never early, none lost, none overtaken by one that is due later.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

program day
bake "$T/day.img" proc "$T/day"
echo '{ "kernel_args": "rump.clock_scale=720" }' >"$T/fast.json"
boot 600 -M 128 --config "$T/fast.json" "$T/day.img" </dev/null
same "status" 0 $? "$T/out" "$T/err"
grep -E '^(ok|FAIL) ' "$T/out"
grep "^latest" "$T/out"
same "all cases" 9 "$(grep -c '^ok ' "$T/out")" "$T/out"
