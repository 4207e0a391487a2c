# SPDX-License-Identifier: GPL-2.0
# nginx as Debian ships it: pages, 200 requests at once, a large file, a clean stop.
. "$(dirname "$0")/../lib/testlib.sh"

mkdir -p "$T/root/var/www/html"
head -c 100000000 /dev/urandom >"$T/root/var/www/html/large"
must rumprun-pkg -p "${PLATFORM/kvm/qemu}" build nginx -o "$T/nginx.img" -- --root "$T/root"

port=$(free_port)
start -M 128 -P "$port:80" "$T/nginx.img"
url=http://127.0.0.1:$port
if ! until_ok 60 curl -sS -m 10 -o "$T/page" "$url/"; then
	fail "nginx answers" "no page in 60 s" "$T/until.out"
	exit 1
fi
same "the page" '<h1>from the rump kernel</h1>' "$(cat "$T/page")"

same "100 MB with the same sha256" "$(sha256sum <"$T/root/var/www/html/large")" \
	"$(curl -sS -m 300 "$url/large" | sha256sum)"

seq 200 | sed "s,.*,url = \"$url/?&\"\noutput = \"$T/p&\"," >"$T/urls"
curl -sS -m 120 --parallel --parallel-immediate --parallel-max 200 -K "$T/urls" 2>"$T/err"
same "200 requests at once" 200 "$(cat "$T"/p[0-9]* 2>/dev/null | grep -c 'rump kernel')" "$T/err"

timeout 60 rumpstop "$cookie" >"$T/out" 2>&1
same "a clean stop" 0 $? "$T/out"
