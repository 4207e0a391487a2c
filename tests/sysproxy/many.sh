# SPDX-License-Identifier: GPL-2.0
# Fifty clients of a unikernel at once, and one that is killed while the unikernel works for it. By a
# tap interface: user networking is too narrow a door.
. "$(dirname "$0")/../lib/testlib.sh"

head -c 32 /dev/urandom >"$T/key"
tap_namespace 10.9.0.1/24
bake "$T/sh.img" hw_virtio -m 'add sysproxy' /bin/busybox --arg sh --arg -c \
	--arg 'mkfifo /tmp/fifo; exec sleep 100000'
start -M 128 -I net0,virtio,tap,ifname=tap0 -W net0,inet,static,10.9.0.2/24 \
	--sysproxy tcp:9000 --sysproxy-key "$T/key" "$T/sh.img"

remote() {
	inside timeout -k 10 200 rumpctrl tcp:10.9.0.2:9000 --key "$T/key" "$@"
}

sessions() {
	remote ps -e -o args | grep -c '^sysproxyd --session'
}

version=$(remote cat /proc/version)
clients=()
for i in $(seq 50); do
	remote cat /proc/version >"$T/client$i" 2>&1 &
	clients+=($!)
done
wait "${clients[@]}"
same "fifty clients at once" "50 $version" "$(cat "$T"/client* | uniq -c | sed 's/^ *//')"

until_ok 60 remote ls /tmp/fifo || fail "the program inside" "it is not ready" "$T/until.out"
inside rumpctrl tcp:10.9.0.2:9000 --key "$T/key" cat /tmp/fifo &
pid=$!
until [ "$(sessions)" -gt 1 ]; do :; done
kill -KILL "$(pgrep -P $pid -x rumpctrl || echo $pid)"
wait $pid 2>/dev/null
until [ "$(sessions)" = 1 ]; do :; done
ok "a client that is killed in a call leaves nothing behind"
must rumpstop "$cookie"
