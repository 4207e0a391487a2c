# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of debian/nginx.sh.
PLATFORM=proc CONFIG=proc CPUS=1
. "$(dirname "$0")/../debian/nginx.sh"

# Clients that come while the host runs others find their way in all the same.
start -M 128 -P "$port:80" "$T/nginx.img"
until_ok 60 curl -sS -m 10 -o "$T/page" "$url/"
guest=$(pgrep -f "^$T/nginx.img ")
kill -STOP "$guest"
seq 300 | sed "s,.*,url = \"$url/?&\"\noutput = \"$T/late&\"," >"$T/urls"
curl -sS -m 120 --parallel --parallel-immediate --parallel-max 300 -K "$T/urls" 2>"$T/err" &
clients=$!
waiting() {
	[ "$(ss -Htn state established "dport = :$port" | wc -l)" = 300 ]
}
until_ok 60 waiting
kill -CONT "$guest"
wait $clients
same "300 requests to a guest that is late" 300 "$(cat "$T"/late* 2>/dev/null | grep -c 'rump kernel')" "$T/err"
must rumpstop "$cookie"
