# SPDX-License-Identifier: GPL-2.0
# Fifty clients of a unikernel at once, with a key, by the user network.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/clients.sh"

head -c 32 /dev/urandom >"$T/key"
port=$(free_port)
bake "$T/sh.img" "$CONFIG" -m 'add sysproxy' /bin/busybox --arg sleep --arg 100000
start -M 128 -P "$port:9000" --sysproxy tcp:9000 --sysproxy-key "$T/key" "$T/sh.img"

remote() {
	timeout -k 10 200 rumpctrl "tcp:127.0.0.1:$port" --key "$T/key" "$@"
}

until_ok 60 remote true
fifty_clients
must rumpstop "$cookie"
