# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# tunnel.sh NUMBER PEER: the first one serves what the second one fetches, through the tunnel. The keys
# are no secret.
me=$1 peer=$2
alias ip='busybox ip'
ip link add wg0 type wireguard
wg set wg0 private-key "/etc/wireguard/key$me" listen-port 51820 peer "$(wg pubkey <"/etc/wireguard/key$peer")" \
	allowed-ips 10.6.0.0/24 endpoint "10.1.0.$peer:51820"
ip address add "10.6.0.$me/24" dev wg0
ip link set wg0 up
if [ "$me" = 1 ]; then
	exec busybox httpd -f -p 10.6.0.1:80 -h /srv
fi
until busybox wget -q -O - http://10.6.0.1/page; do busybox usleep 100000; done
wg show wg0
