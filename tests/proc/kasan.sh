# SPDX-License-Identifier: GPL-2.0
# A process whose kernel checks each access to its memory (KASAN): it finds what Linux's own tests do
# wrong on purpose, and nothing in programs, ext4, the network, python and redis.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/workload.sh"

kasan() {
	bake "$1" kasan -c "$SOURCE/tests/proc/kasan.conf" "${@:2}"
}

# quiet WHAT: in what the kernel has said.
quiet() {
	grep -nE 'KASAN|WARNING|BUG|Call [Tt]race|corrupt|Oops' "$T/err" |
		grep -v 'KernelAddressSanitizer initialized' >"$T/found"
	contains "$1: KASAN looks" 'KernelAddressSanitizer initialized' "$T/err"
	[ ! -s "$T/found" ] && ok "$1: nothing is reported" ||
		fail "$1: nothing is reported" "something is" "$T/found" "$T/err"
}

program hello
kasan "$T/hello.img" "$T/hello"
echo '{ "kernel_args": "kunit.enable=1" }' >"$T/args.json"
boot 120 -v --config "$T/args.json" "$T/hello.img" </dev/null
same "Linux's tests: status" 0 $? "$T/out" "$T/err"
sed -n 's/^\[ *[0-9.]*\] //p' "$T/err" >"$T/log"
contains "Linux's tests pass" '^ok [0-9]* kasan$' "$T/log"
for case in kmalloc_oob_right kmalloc_uaf kmem_cache_double_free page_alloc_uaf kasan_stack_oob \
	kasan_global_oob_right kasan_bitops_generic kasan_atomics; do
	contains "found: $case" "^ *ok [0-9]* $case\$" "$T/log"
done
[ "$(grep -c 'BUG: KASAN: ' "$T/log")" -ge 40 ] && ok "40 and more faults are reported" ||
	fail "40 and more faults are reported" "$(grep -c 'BUG: KASAN: ' "$T/log")" "$T/log"

# The program debug loads debug registers, which a process cannot.
prepare_workload 20 debug
truncate -s 64M "$T/disk"
must mkfs.ext4 -q "$T/disk"
kasan "$T/programs.img" "${workload[@]}"
boot 300 -v -M 512 -I net0,virtio -b "$T/disk,/data" "$T/programs.img" </dev/null
same "programs: status" 0 $? "$T/out" "$T/err"
worked "a process" programs files
must e2fsck -fn "$T/disk"
quiet "programs"

kasan "$T/python.img" --deb python3 --file "$SOURCE/packages/python/root/everyday.py:/everyday.py" python3
boot 300 -v -b "$T/disk,/data" "$T/python.img" /everyday.py /data </dev/null
same "python: status" 0 $? "$T/out" "$T/err"
contains "python: to the end" 'ok python: sqlite3 on ext4' "$T/out"
quiet "python"

kasan "$T/redis.img" --deb redis-server redis-server --arg --dir --arg /data --arg --protected-mode --arg no
port=$(free_port)
rumprun "${platform[@]}" -i -v -P "$port:6379" -b "$T/disk,/data" "$T/redis.img" \
	</dev/null >"$T/out" 2>"$T/err" &
guest=$!
pong() {
	[ "$(timeout 30 redis-cli -p "$port" ping)" = PONG ]
}
until_ok 60 pong && ok "redis answers" || fail "redis answers" "no PONG in 60 s" "$T/out" "$T/err"
timeout 200 redis-benchmark -p "$port" -q -n 1000 -c 20 -t set,get,lpush >"$T/bench" 2>&1
same "redis-benchmark" 3 "$(tr '\r' '\n' <"$T/bench" | grep -c 'requests per second')" "$T/bench"
kill -INT $guest
wait $guest
same "redis: status" 0 $? "$T/out" "$T/err"
quiet "redis"
