# SPDX-License-Identifier: GPL-2.0
# A guest between two networks, each a namespace of the host's with its own tap: as a bridge, as a
# router with nftables, with packets looked at by tcpdump.
. "$(dirname "$0")/../lib/testlib.sh"

bake_remote "$T/router.img" hw_virtio -m 'add packet bridge veth nftables_nat' \
	--deb iproute2,nftables,tcpdump
tap_namespace 10.1.0.2/24
must ip -n "$namespace" tuntap add dev tap1 mode tap
far=$namespace-far
namespace "$far"

port=$(free_port)
cat >"$T/router.json" <<J
{ "interfaces": [
	{ "tag": "control" },
	{ "tag": "near", "backend": "tap", "options": "ifname=tap0", "inet": "none" },
	{ "tag": "far", "backend": "tap", "options": "ifname=tap1", "inet": "none" } ],
  "ports": [ "$port:80" ], "memory": 128 }
J
start --config "$T/router.json" "$T/router.img"
# What QEMU has opened stays connected to it wherever it goes.
must ip -n "$namespace" link set tap1 netns "$far"
must ip -n "$far" address add 10.1.0.3/24 dev tap1
must ip -n "$far" link set tap1 up
remote_ready "$port"
far_side() {
	ip netns exec "$far" "$@"
}

# A bridge of both, and a pair of interfaces whose other end is the guest's own.
remote "$port" '
	/sbin/ip link add br0 type bridge
	/sbin/ip link add v0 type veth peer name v1
	for port in eth1 eth2 v0; do /sbin/ip link set $port master br0 && /sbin/ip link set $port up; done
	/sbin/ip link set br0 up
	/sbin/ip address add 10.1.0.1/24 dev v1
	/sbin/ip link set v1 up' >"$T/bridge"
same "bridge: made" '' "$(cat "$T/bridge")"
listen_on_wire "$port" br0 icmp
until_ok 30 inside busybox ping -c 1 -W 2 10.1.0.3 && ok "bridge: from one side to the other" ||
	fail "bridge: from one side to the other" "no answer" "$T/until.out"
until_ok 30 far_side busybox ping -c 1 -W 2 10.1.0.1 && ok "veth: the guest behind the bridge" ||
	fail "veth: the guest behind the bridge" "no answer" "$T/until.out"
heard_on_wire "$port" >"$T/seen"
contains "tcpdump: the request" '10.1.0.2 > 10.1.0.3: ICMP echo request' "$T/seen"
contains "tcpdump: the reply" '10.1.0.3 > 10.1.0.2: ICMP echo reply' "$T/seen"
remote "$port" '/sbin/bridge fdb show br br0' >"$T/fdb"
mac=$(far_side cat /sys/class/net/tap1/address)
contains "bridge: knows who is where" "^$mac dev eth2 master br0" "$T/fdb"

# A router: near may go out, with the router's address; far gets in at one port only.
must ip -n "$namespace" route add default via 10.1.0.1
must ip -n "$far" address flush dev tap1
must ip -n "$far" address add 10.2.0.2/24 dev tap1
cat >"$T/rules" <<'N'
table inet filter {
	counter seen { }
	set closed { type inet_service; elements = { 1002, 1003 } }
	chain forward {
		type filter hook forward priority 0; policy drop;
		ct state established,related accept
		iifname "eth1" tcp dport @closed counter name seen reject with tcp reset
		iifname "eth1" fib daddr type local drop
		iifname "eth1" tcp dport 1000-1100 quota over 10 mbytes drop
		iifname "eth1" tcp dport 1000-1100 ct count over 20 reject
		iifname "eth1" tcp dport 1000-1100 limit rate 100/second accept
		iifname "eth2" ct status dnat accept
	}
}
table ip nat {
	chain in { type nat hook prerouting priority dstnat; iifname "eth2" tcp dport 8080 dnat to 10.1.0.2:numgen inc mod 2 map { 0 : 1001, 1 : 1001 }; }
	chain out { type nat hook postrouting priority srcnat; oifname "eth2" masquerade; }
}
N
remote "$port" "
	/sbin/ip link del br0
	/sbin/ip link del v0
	/sbin/ip address add 10.1.0.1/24 dev eth1
	/sbin/ip address add 10.2.0.1/24 dev eth2
	echo 1 >/proc/sys/net/ipv4/ip_forward
	cat >/tmp/rules <<'END'
$(cat "$T/rules")
END
	/usr/sbin/nft -f /tmp/rules" >"$T/nft"
same "nft: rules are taken" '' "$(cat "$T/nft")"
# page SIDE: a web server there; who asked stands in its log.
mkdir "$T/near" "$T/far"
echo "here is near" >"$T/near/page"
echo "here is far" >"$T/far/page"
serve near-server ip netns exec "$namespace" python3 -u -m http.server 1001 --directory "$T/near"
serve far-server ip netns exec "$far" python3 -u -m http.server 1001 --directory "$T/far"
until_ok 30 inside curl -sS -m 10 http://127.0.0.1:1001/page || fail "a server" "does not listen"
until_ok 30 far_side curl -sS -m 10 http://127.0.0.1:1001/page || fail "a server" "does not listen"

same "nft: out through the router" "here is far" \
	"$(inside curl -sS -m 20 http://10.2.0.2:1001/page 2>&1)" "$T/far-server.log"
contains "nft: with the router's address" '^10.2.0.1 ' "$T/far-server.log"
same "nft: in by a port that leads to the other side" "here is near" \
	"$(far_side curl -sS -m 20 http://10.2.0.1:8080/page 2>&1)" "$T/near-server.log"
contains "nft: with the caller's address" '^10.2.0.2 ' "$T/near-server.log"
inside curl -sS -m 20 http://10.2.0.2:1002/ >"$T/refused" 2>&1
same "nft: a closed port is refused" 7 $? "$T/refused"
inside curl -sS -m 2 http://10.2.0.2:2000/ >"$T/dropped" 2>&1
same "nft: what no rule names is dropped" 28 $? "$T/dropped"
remote "$port" '/usr/sbin/nft list counter inet filter seen; cat /proc/net/nf_conntrack 2>/dev/null' \
	>"$T/counter"
contains "nft: the counter has counted" 'packets 1 bytes' "$T/counter"
