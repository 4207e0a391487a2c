# SPDX-License-Identifier: GPL-2.0
# Interfaces get their addresses: by DHCP with renewal, fixed, by IPv6; or say why not.
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/sh.img" hw_virtio /bin/busybox --arg sh --arg -c

boot 60 -I net0,virtio "$T/sh.img" 'ifconfig eth0; route -n; cat /etc/resolv.conf' </dev/null
same "DHCP of the user network: status" 0 $? "$T/err"
contains "DHCP: address" 'inet addr:10.0.2.15 .*Mask:255.255.255.0' "$T/out"
contains "DHCP: default route" '^0.0.0.0 *10.0.2.2' "$T/out"
contains "DHCP: name server" '^nameserver 10.0.2.3$' "$T/out"

boot 60 -I net0,virtio -W net0,inet,static,10.0.2.77/16,10.0.2.2 "$T/sh.img" \
	'ifconfig eth0; route -n' </dev/null
contains "a fixed address" 'inet addr:10.0.2.77 .*Mask:255.255.0.0' "$T/out"
contains "its gateway" '^0.0.0.0 *10.0.2.2' "$T/out"

boot 60 -I net0,virtio -W net0,inet6,auto "$T/sh.img" 'ifconfig eth0; ip -6 route' </dev/null
contains "IPv6 by a router's advertisement" 'inet6 addr: fec0::5054:' "$T/out" "$T/err"
contains "and its route" '^default via fe80::2' "$T/out"

# A server with leases of 6 seconds: renewed by unicast after 3, and kept.
port=$(free_port) peer=$(free_port)
python3 "$SOURCE/tests/programs/dhcpd.py" "$port" "$peer" 6 >"$T/dhcpd" &
dhcpd=$!
boot 60 -I "net0,virtio,socket,udp=127.0.0.1:$port,localaddr=127.0.0.1:$peer" "$T/sh.img" \
	'sleep 11; ifconfig eth0; cat /etc/resolv.conf' </dev/null
same "a short lease: status" 0 $? "$T/err"
kill $dhcpd
same "a short lease: the first messages" $'DISCOVER broadcast\nREQUEST broadcast' \
	"$(head -n 2 "$T/dhcpd")"
contains "a short lease: renewed" 'REQUEST unicast' "$T/dhcpd"
contains "a short lease: the address is there still" 'inet addr:10.7.0.5 ' "$T/out"
contains "a short lease: the domain to search" '^search test$' "$T/out"

echo '{ "network_timeout": 2 }' >"$T/short.json"
boot 60 --config "$T/short.json" -I "net0,virtio,socket,udp=127.0.0.1:$port,localaddr=127.0.0.1:$peer" \
	"$T/sh.img" true </dev/null
same "no DHCP server: status" 71 $? "$T/err"
contains "no DHCP server: message" 'DHCP on net0: no server answered in 2 seconds' "$T/err"

# Two guests on a wire between them.
port=$(free_port)
start -I "net0,virtio,socket,listen=127.0.0.1:$port" -W net0,inet,static,10.5.0.1/24 "$T/sh.img" \
	'while :; do echo across the wire | nc -l -p 7; done'
boot 60 -I "net0,virtio,socket,connect=127.0.0.1:$port" -W net0,inet,static,10.5.0.2/24 "$T/sh.img" \
	'until nc 10.5.0.1 7; do :; done' </dev/null
same "a socket backend joins two guests" 'across the wire' "$(cat "$T/out")" "$T/err"
must rumpstop "$cookie"
