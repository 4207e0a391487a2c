# SPDX-License-Identifier: GPL-2.0
# A kernel that watches itself (lockdep, sleeping in atomic context, SLUB's red zones, UBSAN) runs
# programs, forks, ext4 and the network on one CPU and on four, and has nothing to report.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/workload.sh"

reports='WARNING|BUG|UBSAN|INFO: |inconsistent lock|possible .* (deadlock|dependency)|lock held when
suspicious RCU|invalid wait context|corrupt|Redzone|Poison|lockup|Call [Tt]race'
reports=${reports//$'\n'/|}

cat >>"$T/run.sh" <<'E2'
(while :; do :; done) & spin=$!
for i in $(seq 20); do (true | cat | cat >/dev/null); done
kill $spin
echo "processes done"
grep debug_locks /proc/lockdep_stats
E2

prepare_workload 40
bake "$T/debug.img" debug -c "$SOURCE/tests/kernel/debug.conf" "${workload[@]}"
for cpus in 1 4; do
	truncate -s 128M "$T/disk"
	must mkfs.ext4 -q "$T/disk"
	boot 900 -v -s $cpus -I net0,virtio -b "$T/disk,/data" "$T/debug.img" </dev/null
	same "$cpus CPUs: status" 0 $? "$T/out" "$T/err"
	worked "$cpus CPUs" programs files processes
	contains "$cpus CPUs: lockdep passes its own tests" 'Good, all *[0-9]* testcases passed' "$T/err"
	contains "$cpus CPUs: lockdep watched to the end" 'debug_locks: *1$' "$T/out"
	grep -nE "$reports" "$T/err" >"$T/found"
	[ -s "$T/err" ] && [ ! -s "$T/found" ] && ok "$cpus CPUs: nothing is reported" ||
		fail "$cpus CPUs: nothing is reported" "something is" "$T/found" "$T/err"
	must e2fsck -fn "$T/disk"
done
