# SPDX-License-Identifier: GPL-2.0
# A kernel that watches itself (lockdep, sleeping in atomic context, SLUB's red zones, UBSAN) runs
# programs, forks, ext4 and the network on one CPU and on four, and has nothing to report.
. "$(dirname "$0")/../lib/testlib.sh"

reports='WARNING|BUG|UBSAN|INFO: |inconsistent lock|possible .* (deadlock|dependency)|lock held when
suspicious RCU|invalid wait context|corrupt|Redzone|Poison|lockup|Call [Tt]race'
reports=${reports//$'\n'/|}

cat >"$T/run.sh" <<'E2'
for test in /tests/*; do
	"$test" >/data/out || echo "FAIL $test"
	grep FAIL /data/out && echo "$test"
done
echo "programs done"

mkdir -p /data/a/b && cd /data || exit 1
for i in $(seq 40); do
	dd if=/dev/urandom of=a/$i bs=8k count=$i 2>/dev/null
	cp a/$i a/b/$i && ln a/$i hard$i && ln -s a/$i soft$i
	[ $((i % 4)) = 0 ] && rm a/$i && mv a/b/$i moved$i
done
sync
cat a/b/* | sort | uniq -c | wc -l >/dev/null
find . -type f | xargs md5sum | sort | sed 's/ .*//' | uniq -d | wc -l
echo "files done"

wget -q -O page "http://10.0.2.2:$PORT/page" && md5sum page
(while :; do :; done) & spin=$!
for i in $(seq 20); do (true | cat | cat >/dev/null); done
kill $spin
echo "processes done"
grep debug_locks /proc/lockdep_stats
E2

mkdir "$T/tests" "$T/www"
for source in "$SOURCE"/tests/programs/abi/*.c; do
	program "abi/$(basename "$source" .c)"
	mv "$T/$(basename "$source" .c)" "$T/tests/"
done
head -c 3000000 /dev/urandom >"$T/www/page"
page=$(md5sum <"$T/www/page" | cut -d' ' -f1)
port=$(free_port)
python3 -m http.server -b 127.0.0.1 -d "$T/www" "$port" >"$T/server" 2>&1 &
server=$!
trap 'kill $server; cleanup' EXIT

bake "$T/debug.img" debug -c "$SOURCE/tests/kernel/debug.conf" --file "$T/tests:/tests" \
	--file "$T/run.sh:/run.sh" --env "PORT=$port" busybox --arg sh --arg /run.sh
for cpus in 1 4; do
	truncate -s 128M "$T/disk"
	must mkfs.ext4 -q "$T/disk"
	boot 900 -v -s $cpus -I net0,virtio -b "$T/disk,/data" "$T/debug.img" </dev/null
	same "$cpus CPUs: status" 0 $? "$T/out" "$T/err"
	for part in programs files processes; do
		contains "$cpus CPUs: $part" "^$part done" "$T/out"
	done
	same "$cpus CPUs: no program fails" 0 "$(grep -c FAIL "$T/out")" "$T/out"
	contains "$cpus CPUs: what came by the network" "^$page" "$T/out"
	contains "$cpus CPUs: lockdep passes its own tests" 'Good, all *[0-9]* testcases passed' "$T/err"
	contains "$cpus CPUs: lockdep watched to the end" 'debug_locks: *1$' "$T/out"
	grep -nE "$reports" "$T/err" >"$T/found"
	[ -s "$T/err" ] && [ ! -s "$T/found" ] && ok "$cpus CPUs: nothing is reported" ||
		fail "$cpus CPUs: nothing is reported" "something is" "$T/found" "$T/err"
	must e2fsck -fn "$T/disk"
done
