# SPDX-License-Identifier: GPL-2.0
# redis as Debian ships it: values, a benchmark, BGSAVE (which forks), data kept on ext4.
. "$(dirname "$0")/../lib/testlib.sh"

must rumprun-pkg -p "${PLATFORM/kvm/qemu}" build redis-debian -o "$T/redis.img"
echo '{ "ports": [] }' >"$T/no-ports"
truncate -s 64M "$T/data.img"
must mkfs.ext4 -q "$T/data.img"

guest=10.99.0.2
tap_namespace 10.99.0.1/24
run_redis() {
	start -M 128 --config "$T/no-ports" -I net0,virtio,tap,ifname=tap0,script=no,downscript=no \
		-W net0,inet,static,$guest/24 -b "$T/data.img,/data" "$T/redis.img"
}
cli() {
	inside timeout 30 redis-cli -h $guest "$@"
}
pong() {
	[ "$(cli ping)" = PONG ]
}

run_redis
if ! until_ok 60 pong; then
	fail "redis answers" "no PONG in 60 s" "$T/until.out"
	exit 1
fi
same "SET and GET" OK:value "$(cli set key value):$(cli get key)"
inside timeout 200 redis-benchmark -h $guest -q -n 2000 -c 50 -t set,get,lpush >"$T/bench" 2>&1
same "redis-benchmark" 3 "$(tr '\r' '\n' <"$T/bench" | grep -c 'requests per second')" "$T/bench"

cli bgsave >/dev/null
saved() {
	cli info persistence | tr -d '\r' >"$T/info"
	grep -q rdb_bgsave_in_progress:0 "$T/info" && grep -q rdb_last_bgsave_status:ok "$T/info"
}
until_ok 60 saved && ok "BGSAVE in a forked child" || fail "BGSAVE in a forked child" "not saved" "$T/info"

timeout 60 rumpstop "$cookie" >"$T/out" 2>&1
same "a clean stop" 0 $? "$T/out"
e2fsck -fn "$T/data.img" >"$T/fsck" 2>&1
same "the file system is clean" 0 $? "$T/fsck"

run_redis
until_ok 60 pong
same "the value after a new boot" value "$(cli get key)" "$T/until.out"
