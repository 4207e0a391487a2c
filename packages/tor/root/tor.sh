# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# tor.sh network: an authority and three more relays at 10.9.0.1, with keys that they make; a web server
# there has a page, and tells clients which authority to believe.
# tor.sh client: a SOCKS proxy into that network.
set -e
busybox mkdir /tmp/bin /tmp/www
busybox --install -s /tmp/bin
PATH=$PATH:/tmp/bin
cd /tmp

# The address that the authority believes in, and what others know it by.
authority() {
	mkdir -p 0/keys
	chmod 700 0
	(cd 0/keys && echo secret | tor-gencert --create-identity-key -m 12 -a 10.9.0.1:7000 --passphrase-fd 0)
	ident=$(sed -n 's/^fingerprint //p' 0/keys/authority_certificate)
	print=$(tor --quiet --defaults-torrc /etc/tor/common.conf -f /etc/tor/relay.conf --DataDirectory /tmp/0 --ORPort 5000 --Nickname node0 \
		--DirAuthority "x 127.0.0.1:1 $ident" --list-fingerprint | sed -n 's/^node0 //p' | tr -d ' ')
	echo "DirAuthority node0 orport=5000 no-v2 v3ident=$ident 10.9.0.1:7000 $print" >www/authority
}

# relay NUMBER OPTION...
relay() {
	number=$1
	shift
	tor --defaults-torrc /tmp/common -f /etc/tor/relay.conf --DataDirectory "/tmp/$number" \
		--ORPort "10.9.0.1:500$number" --Nickname "node$number" "$@" &
}

case ${1-} in
network)
	authority
	cat /etc/tor/common.conf www/authority >common
	echo 'a page behind tor' >www/page
	relay 0 --AuthoritativeDirectory 1 --V3AuthoritativeDirectory 1 --DirPort 10.9.0.1:7000
	# A relay that finds no authority to tell of itself tries again after a minute or more.
	until wget -q -O own http://10.9.0.1:7000/tor/server/authority 2>/dev/null; do usleep 200000; done
	for number in 1 2 3; do relay $number; done
	# A client that came before all of them are in a consensus would ask for the next one much later.
	until [ "$(wget -q -O - http://10.9.0.1:7000/tor/status-vote/current/consensus 2>/dev/null |
		grep -c '^s .*Running')" = 4 ]; do usleep 200000; done
	exec httpd -f -vv -h /tmp/www
	;;
client)
	until wget -q -O www/authority http://10.9.0.1/authority 2>/dev/null; do usleep 100000; done
	cat /etc/tor/common.conf www/authority >common
	exec tor -f /tmp/common --DataDirectory /tmp/client \
		--SocksPort 0.0.0.0:9050 --SocksPolicy 'accept *'
	;;
*)
	echo "tor.sh: network or client?" >&2
	exit 64
	;;
esac
