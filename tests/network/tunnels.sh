# SPDX-License-Identifier: GPL-2.0
# Two guests on one wire: IPv6, a VLAN, WireGuard, and a tunnel of a program's own (TUN), each carrying
# a file of a megabyte.
. "$(dirname "$0")/../lib/testlib.sh"

head -c 1M /dev/urandom >"$T/file"
bake_remote "$T/tunnel.img" hw_virtio -m 'add packet vlan tun wireguard' \
	--deb iproute2,wireguard-tools,socat,tcpdump --file "$T/file:/www/file"

one=$(free_port) two=$(free_port)
wire between
# guest PORT NUMBER END: of the wire that joins both.
guest() {
	cat >"$T/$2.json" <<J
{ "interfaces": [
	{ "tag": "control" },
	{ "tag": "wire", "backend": "socket", "options": "${3#socket,}", "inet": "10.9.0.$2/24", "inet6": "fd09::$2/64" } ],
  "ports": [ "$1:80" ], "memory": 128 }
J
	start --config "$T/$2.json" "$T/tunnel.img"
}
guest "$one" 1 "$near"
guest "$two" 2 "$far"
remote_ready "$one"
remote_ready "$two"

# Keys that are no secret.
key1=4Ki5bIhbcCp3yVTNBm0kFyTfLH9TjW6WbpTxaZqPg1c=
key2=6EwzHGQjbvqbP1kNRa3cYV2wcKEyzOJNZzlzYRMBrk8=

# both COMMANDS: in both guests, where $me and $peer are their numbers.
both() {
	remote "$one" "me=1 peer=2 mine=$key1 theirs=$key2
		$1"
	remote "$two" "me=2 peer=1 mine=$key2 theirs=$key1
		$1"
}

both '
	ip() { /sbin/ip "$@"; }
	ip link add link eth1 name vlan5 type vlan id 5
	ip address add 10.5.0.$me/24 dev vlan5
	ip link set vlan5 up

	echo $mine >/tmp/key
	ip link add wg0 type wireguard
	/usr/bin/wg set wg0 private-key /tmp/key listen-port 51820 peer $(echo $theirs | /usr/bin/wg pubkey) \
		allowed-ips 10.6.0.0/24,fd06::/64 endpoint [fd09::$peer]:51820
	ip address add 10.6.0.$me/24 dev wg0
	ip address add fd06::$me/64 dev wg0
	ip link set wg0 up

	/usr/bin/socat UDP-DATAGRAM:10.9.0.$peer:5555,bind=10.9.0.$me:5555 TUN:10.7.0.$me/24,up \
		</dev/null >/tmp/socat.log 2>&1 &
	tries=0
	until ip -4 address show tun0 2>/dev/null | grep -q 10.7.0; do
		[ $((tries += 1)) -lt 1000 ] || { cat /tmp/socat.log; break; }
		usleep 10000
	done' >"$T/made"
same "made" '' "$(cat "$T/made")"

listen_on_wire "$two" eth1 'udp port 51820 or vlan 5'
remote "$one" '/usr/bin/socat -U TCP6-LISTEN:7000,fork,reuseaddr FILE:/www/file \
	</dev/null >/dev/null 2>&1 &'

# carries WHAT ADDRESS
carries() {
	same "$1" "$(md5sum <"$T/file")" \
		"$(remote "$two" "/usr/bin/socat -u -T 30 'TCP:$2:7000,retry=50,interval=.1' - 2>&1 | md5sum")"
}
carries "IPv6" '[fd09::1]'
carries "VLAN" 10.5.0.1
carries "WireGuard" 10.6.0.1
carries "WireGuard, IPv6 in it" '[fd06::1]'
carries "TUN" 10.7.0.1
remote "$two" '/usr/bin/wg show' >"$T/wg"
heard_on_wire "$two" >"$T/seen"
contains "frames of the VLAN have its tag" 'vlan 5, .*10.5.0.2.* > 10.5.0.1' "$T/seen"
contains "WireGuard's peers have shaken hands" 'latest handshake' "$T/wg"
contains "WireGuard's packets are its own" 'fd09::1.51820 > fd09::2.51820: UDP' "$T/seen"
