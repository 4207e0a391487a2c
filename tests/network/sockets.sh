# SPDX-License-Identifier: GPL-2.0
# What belongs to sockets: BBR, the tables that ss shows, TLS records made by the kernel for nginx.
. "$(dirname "$0")/../lib/testlib.sh"

mkdir -p "$T/root/etc/nginx/sites-enabled" "$T/root/var/www"
head -c 8M /dev/urandom >"$T/root/var/www/large"
must openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
	-days 3650 -keyout "$T/root/etc/nginx/key.pem" -out "$T/root/etc/nginx/cert.pem"
cat >"$T/root/etc/nginx/sites-enabled/default" <<'N'
server {
	listen 443 ssl;
	ssl_certificate cert.pem;
	ssl_certificate_key key.pem;
	ssl_conf_command Options KTLS;
	root /var/www;
}
N
bake_remote "$T/tcp.img" hw_virtio -m 'add inet_diag tcp_bbr tls' \
	--deb iproute2,nginx-light,socat --root "$T/root"
port=$(free_port) secure=$(free_port)
start -M 128 -P "$port:80" -P "$secure:443" "$T/tcp.img"
remote_ready "$port"

remote "$port" '
	echo bbr >/proc/sys/net/ipv4/tcp_congestion_control
	/usr/sbin/nginx
	/usr/bin/ss -Htnil sport = 443
	/usr/bin/socat -u UDP-LISTEN:7777 /dev/null >/dev/null 2>&1 </dev/null &
	/usr/bin/socat -u UNIX-LISTEN:/run/there /dev/null >/dev/null 2>&1 </dev/null &
	until [ -S /run/there ]; do usleep 10000; done' >"$T/started"
contains "ss: who listens" 'LISTEN.*:443' "$T/started"
curl -sS -m 60 --cacert "$T/root/etc/nginx/cert.pem" -o "$T/large" "https://127.0.0.1:$secure/large" \
	2>"$T/curl"
cmp -s "$T/large" "$T/root/var/www/large" && ok "TLS: 8 MB from nginx" ||
	fail "TLS: 8 MB from nginx" "other data, or none" "$T/curl"
remote "$port" 'cat /proc/net/tls_stat' >"$T/tls"
contains "TLS: the kernel made its records" '^TlsTxSw[[:space:]]*[1-9]' "$T/tls"
remote "$port" '/usr/bin/ss -tni; /usr/bin/ss -unl; /usr/bin/ss -xl' >"$T/ss"
contains "ss: BBR sends what we read" 'bbr.*bw:' "$T/ss"
contains "ss: UDP" '^UNCONN.*:7777' "$T/ss"
contains "ss: Unix sockets" 'u_str.*/run/there' "$T/ss"
