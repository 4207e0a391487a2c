# SPDX-License-Identifier: GPL-2.0
# A Unix socket of the host that leads into a unikernel, which has no network and asks for no key: the
# library, fifty clients at once, one that is killed in a call, frames that make no sense, policies.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/clients.sh"

bake "$T/sh.img" "$CONFIG" -m 'add sysproxy vsock' /bin/busybox --arg sh --arg -c \
	--arg 'mkfifo /tmp/fifo; exec sleep 100000'
start -N inside --sysproxy "unix:$T/socket" "$T/sh.img"

remote() {
	timeout -k 10 100 rumpctrl "unix:$T/socket" "$@"
}

same "the socket is its owner's alone" "srw-------" "$(stat -c %A "$T/socket")"
same "uname" inside "$(remote uname -n)"
boot 60 --sysproxy "unix:$T/socket" "$T/sh.img" </dev/null
same "a second guest at the same path: status" 71 $? "$T/err"
contains "a second guest at the same path: message" "$T/socket is the socket of a program that runs" "$T/err"
same "and the first keeps it" inside "$(remote uname -n)"
remote tcpdump -i lo -c 1 >"$T/out" 2>"$T/err"
contains "tcpdump without packet sockets" "bake it with -m 'add packet'" "$T/err"
head -c 3000000 /dev/urandom >"$T/data"
remote tee /tmp/data <"$T/data" >/dev/null
same "three megabytes there and back" "$(md5sum <"$T/data")" "$(remote cat /tmp/data | md5sum)"

must gcc -O2 -Wall -Wextra -Werror -I"$SOURCE/include" -o "$T/rumpclient" \
	"$SOURCE/tests/programs/rumpclient.c" "$RUMPRUN_BUILD/lib/librumpclient.a" -lssl -lcrypto
timeout -k 10 100 "$T/rumpclient" "unix:$T/socket" 2>"$T/err" || fail "librumpclient" "status $?" "$T/err"

fifty_clients

sessions() {
	remote ps -e -o args | grep -c '^sysproxyd --session'
}

until_ok 60 remote ls /tmp/fifo || fail "the program inside" "it is not ready" "$T/until.out"
rumpctrl "unix:$T/socket" cat /tmp/fifo &
pid=$!
until [ "$(sessions)" -gt 1 ]; do :; done
kill -KILL $pid
wait $pid 2>/dev/null
until [ "$(sessions)" = 1 ]; do :; done
ok "a client that is killed in a call leaves nothing behind"

timeout -k 10 200 python3 "$SOURCE/tests/programs/sysproxy_hostile.py" socket "$T/socket"
same "it lives" inside "$(remote uname -n)"
must rumpstop "$cookie"
until_ok 10 test ! -e "$T/socket"
same "the socket goes with the guest" "" "$(ls "$T/socket" 2>/dev/null)"
remote uname -n >"$T/out" 2>"$T/err"
same "no guest: status" 69 $?

echo "{ \"sysproxy\": { \"socket\": \"$T/socket\", \"allow\": [ \"openat\", \"read\", \"newfstatat\", \"fadvise64\" ] } }" \
	>"$T/list.json"
start -N inside --config "$T/list.json" "$T/sh.img"
same "a list: what is on it" "$version" "$(remote cat /proc/version)"
remote ls / >"$T/out" 2>&1
contains "a list: what is not" 'Operation not permitted' "$T/out"
must rumpstop "$cookie"

start -N inside --sysproxy "unix:$T/socket" --sysproxy-read-only "$T/sh.img"
same "read-only: reading" "$version" "$(remote cat /proc/version)"
remote sh -c 'echo new >/tmp/new' 2>/dev/null
same "read-only: a new file" 2 "$(remote ls /tmp/new >/dev/null 2>&1; echo $?)"
remote sysctl -q -w kernel.hostname=other 2>/dev/null
same "read-only: writing" inside "$(remote uname -n)"
remote kill -KILL 1 2>/dev/null
remote mount -t tmpfs none /mnt 2>/dev/null
same "read-only: mounting" "" "$(remote grep ' /mnt ' /proc/mounts)"
remote ip addr show lo >"$T/out" 2>&1
contains "read-only: netlink questions" 'inet 127.0.0.1/8' "$T/out"
remote ip link set lo mtu 60000 2>/dev/null
same "read-only: netlink changes" 2 $?
must rumpstop "$cookie"

if [ "$PLATFORM" = qemu ]; then
	start -N inside -T "$T/kept" --machine microvm --sysproxy "unix:$T/socket" "$T/sh.img"
	same "microvm" inside "$(remote uname -n)"
	contains "memory barriers: room for a second processor" '^1,maxcpus=2$' "$T/kept/qemu.args"
	same "and no second processor" 0 "$(remote cat /sys/devices/system/cpu/possible)"
	must rumpstop "$cookie"
fi

bake "$T/plain.img" "$CONFIG" -m 'add sysproxy' /bin/busybox
boot 30 --sysproxy "unix:$T/socket" "$T/plain.img"
same "no vsock: status" 64 $?
contains "no vsock: message" "bake it with -m 'add vsock'" "$T/err"
boot 30 --sysproxy "unix:$T/none/socket" "$T/sh.img"
same "no place for the socket: status" 71 $?
contains "no place for the socket: message" 'No such file or directory' "$T/err"
