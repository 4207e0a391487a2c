# SPDX-License-Identifier: GPL-2.0
# The host's own tools on a running unikernel, each compared with what a program inside sees.
. "$(dirname "$0")/../lib/testlib.sh"

head -c 32 /dev/urandom >"$T/key"
head -c 32 /dev/urandom >"$T/other"
port=$(free_port)

# Inside, a shell does what is written into one FIFO, and answers by another.
cat >"$T/inside.sh" <<'EOF'
mkfifo /tmp/command /tmp/answer
httpd -p 80 -h /etc/nginx
while :; do
	read -r command </tmp/command && eval "$command" >/tmp/answer 2>&1
done
EOF
echo 'worker_processes 2;' >"$T/nginx.conf"
bake "$T/sh.img" "$CONFIG" -m 'add sysproxy packet inet_diag' --file "$T/inside.sh:/etc/inside.sh" \
	--file "$T/nginx.conf:/etc/nginx/nginx.conf" \
	/bin/busybox --arg sh --arg /etc/inside.sh
# A process has no such console.
console=()
[ "$PLATFORM" = proc ] || console=(--sysproxy "console:$T/console")
start -N inside -I net0 -P "$port:9000" --sysproxy tcp:9000 --sysproxy-key "$T/key" "${console[@]}" "$T/sh.img"

remote() {
	timeout -k 10 60 rumpctrl "tcp:127.0.0.1:$port" --key "$T/key" "$@"
}

inside() {
	remote tee /tmp/command <<<"$1" >/dev/null && remote cat /tmp/answer
}

# alike WHAT INSIDE COMMAND...: the same lines in any order.
alike() {
	local what=$1 expected actual
	expected=$(inside "$2" 2>&1 | sort)
	shift 2
	actual=$("$@" 2>&1 | sort)
	same "$what" "$expected" "$actual"
}

until_ok 60 remote ls /tmp/answer || fail "the program inside" "it is not ready" "$T/until.out"
same "uname" inside "$(remote uname -n)"
alike "cat" 'cat /etc/inside.sh' remote cat /etc/inside.sh
alike "cat: a program's configuration" 'cat /etc/nginx/nginx.conf' remote cat /etc/nginx/nginx.conf
alike "cat, linked statically" 'cat /etc/inside.sh' remote busybox cat /etc/inside.sh
# A process may end while it is looked at.
kinds="2>/dev/null | awk '\$NF !~ /^[0-9]/ { print \$1, \$3, \$4, \$NF }'"
alike "ls -l /proc" "ls -ln /proc $kinds" sh -c "rumpctrl tcp:127.0.0.1:$port --key '$T/key' ls -ln /proc $kinds"
alike "ls" 'ls -a /proc/sys/net/ipv4' remote ls -a /proc/sys/net/ipv4
sizes() { remote ls -ln /etc | grep -v '^total' | tr -s ' ' | cut -d' ' -f1-5; }
alike "ls -l: owners and sizes" "ls -ln /etc | grep -v '^total' | tr -s ' ' | cut -d' ' -f1-5" sizes
alike "sysctl" 'echo "net.ipv4.tcp_congestion_control = $(cat /proc/sys/net/ipv4/tcp_congestion_control)"' \
	remote sysctl net.ipv4.tcp_congestion_control
remote sysctl -q -w net.ipv4.ip_forward=1
same "sysctl -w" 1 "$(inside 'cat /proc/sys/net/ipv4/ip_forward')"
addresses() { remote ip -o -4 addr show eth0 | grep -o 'inet [0-9./]*'; }
alike "ip addr" "ip -o -4 addr show eth0 | grep -o 'inet [0-9./]*'" addresses
remote ip addr add 192.0.2.7/24 dev eth0
same "ip addr add" "inet 192.0.2.7/24" "$(inside "ip -o addr show eth0 | grep -o 'inet 192[0-9./]*'")"
same "ifconfig" "inet 10.0.2.15" "$(remote ifconfig eth0 | grep -o 'inet [0-9.]*')"
same "ifconfig: hardware address" "$(inside 'cat /sys/class/net/eth0/address')" \
	"$(remote ifconfig eth0 | sed -n 's/.*ether \([0-9a-f:]*\).*/\1/p')"
remote ss -tlnp >"$T/ss"
contains "ss -tlnp" '\*:80 .*httpd' "$T/ss"
ports="| awk '\$4 ~ /:[0-9]+\$/ { sub(/.*:/, \"\", \$4); print \$4 }' | sort -u"
alike "ss -tln: ports" "netstat -tln $ports" sh -c "rumpctrl tcp:127.0.0.1:$port --key '$T/key' ss -Htln $ports"
remote ps ax >"$T/ps"
contains "ps ax" '/bin/busybox sh /etc/inside.sh' "$T/ps"
room() { remote df -k / | tail -n 1 | tr -s ' ' | cut -d' ' -f2; }
alike "df" "df -k / | tail -n 1 | tr -s ' ' | cut -d' ' -f2" room
remote mount -t tmpfs -o size=64k none /mnt
same "mount" "none /mnt tmpfs" "$(inside 'grep " /mnt " /proc/mounts' | cut -d' ' -f1-3)"
remote umount /mnt
same "umount" "" "$(inside 'grep " /mnt " /proc/mounts')"
remote ping -c 1 127.0.0.1 >"$T/ping" 2>&1
contains "ping" '1 packets transmitted, 1 received' "$T/ping"
timeout 60 rumpctrl "tcp:127.0.0.1:$port" --key "$T/key" tcpdump -n -i eth0 -c 1 icmp >"$T/dump" 2>"$T/err" &
dump=$!
until grep -q 'listening on' "$T/err" || ! kill -0 $dump 2>/dev/null; do :; done
remote ping -c 1 10.0.2.2 >/dev/null 2>&1
wait $dump
same "tcpdump: status" 0 $? "$T/err"
contains "tcpdump" '10.0.2.15 > 10.0.2.2: ICMP echo request' "$T/dump"
head -c 300000 /dev/urandom >"$T/data"
remote tee /tmp/data <"$T/data" >/dev/null
same "a file of 300 KB: there" "$(md5sum <"$T/data")" "$(inside 'md5sum </tmp/data')"
same "and back" "$(md5sum <"$T/data")" "$(remote cat /tmp/data | md5sum)"

cat >"$T/commands" <<EOF
cd /etc
ls inside.sh
cat inside.sh | head -n 1
cat inside.sh >$T/taken
exit 7
EOF
remote <"$T/commands" >"$T/shell" 2>&1
same "a shell: its status" 7 $?
same "a shell: what it said" $'inside.sh\nmkfifo /tmp/command /tmp/answer' "$(cat "$T/shell")"

same "a shell: redirected to the host" "$(md5sum <"$T/inside.sh")" "$(md5sum <"$T/taken")"

python3 "$SOURCE/tests/programs/terminal.py" 60 'expect rumpctrl /> ' 'send cd /etc/nginx\n' \
	'expect rumpctrl /etc/nginx> ' "send ls >$T/list\n" 'expect nginx> ' 'send ping 127.0.0.1\n' \
	'expect icmp_seq=2' 'send \x03' 'expect packets transmitted' 'expect nginx> ' 'send exit 4\n' \
	-- rumpctrl "tcp:127.0.0.1:$port" --key "$T/key" >"$T/out" 2>&1
same "a shell on a terminal: its status" 4 $? "$T/out"
same "a shell on a terminal: redirected to the host" nginx.conf "$(cat "$T/list")"

# What is whose.
remote --path /rump cp /rump/etc/nginx/nginx.conf "$T/copied"
same "--path: out of the unikernel" 'worker_processes 2;' "$(cat "$T/copied")"
remote --path /rump cp "$T/key" /rump/tmp/copied
same "--path: into it" "$(md5sum <"$T/key")" "$(inside 'md5sum </tmp/copied')"
same "--local" 'worker_processes 2;' "$(remote --local "$T/none*" --local "$T/ng*" cat "$T/nginx.conf")"
remote cat "$T/nginx.conf" >"$T/out" 2>"$T/err"
same "a file of the host's without it" 1 $?
same "--socket all: interfaces are the unikernel's" "$(remote ip -o link)" "$(remote --socket all ip -o link)"
same "--socket inet: interfaces are the host's" "$(ip -o link)" "$(remote --socket inet ip -o link)"
same "--socket none: interfaces are the host's" "$(ip -o link)" "$(remote --socket none ip -o link)"
hostport=$(free_port)
serve http python3 -u -m http.server -b 127.0.0.1 -d "$T" "$hostport"
until_ok 20 grep -q 'port [0-9]' "$T/http.log"
fetch() { remote "$@" 2>/dev/null; }
same "--socket all: a server in the unikernel" 'worker_processes 2;' \
	"$(fetch --socket all curl -sS http://127.0.0.1/nginx.conf)"
same "--socket inet: the same" 'worker_processes 2;' "$(fetch --socket inet curl -sS http://127.0.0.1/nginx.conf)"
same "--socket inet: not one of the host's" 7 \
	"$(fetch --socket inet curl -sS "http://127.0.0.1:$hostport/nginx.conf"; echo $?)"
same "--socket none: a server of the host's" 'worker_processes 2;' \
	"$(fetch --socket none curl -sS "http://127.0.0.1:$hostport/nginx.conf")"

if [ ${#console[@]} != 0 ]; then
	same "over the console" inside "$(timeout 60 rumpctrl "console:$T/console" --key "$T/key" uname -n)"
	same "over it again" inside "$(timeout 60 rumpctrl "console:$T/console" --key "$T/key" uname -n)"
fi

# It is TLS as others speak it, and the cipher is the one that the server's processor is quick at.
hex=$(od -An -v -tx1 "$T/key" | tr -d ' \n')
timeout 60 openssl s_client -connect "127.0.0.1:$port" -tls1_3 -psk_identity rumpctrl -psk "$hex" \
	</dev/null >"$T/out" 2>"$T/err"
cipher=TLS_CHACHA20_POLY1305_SHA256
[ "$PLATFORM" = qemu ] || ! grep -qw aes /proc/cpuinfo || cipher=TLS_AES_128_GCM_SHA256
contains "another TLS client: $cipher" "TLSv1.3, Cipher is $cipher" "$T/out" "$T/err"

timeout -k 10 200 python3 "$SOURCE/tests/programs/sysproxy_hostile.py" tcp "$port" "$T/key" "$(command -v rumpctrl)"
timeout 60 rumpctrl "tcp:127.0.0.1:$port" --key "$T/other" uname -n >"$T/out" 2>"$T/err"
same "a wrong key: status" 66 $?
same "a wrong key: nothing comes" "" "$(cat "$T/out")"
contains "a wrong key: message" 'key' "$T/err"

must rumpstop "$cookie"

# From inside, over a vsock to the guest itself.
must gcc -O2 -static -I"$SOURCE/include" -o "$T/rumpclient" "$SOURCE/tests/programs/rumpclient.c" \
	"$RUMPRUN_BUILD/lib/librumpclient.a" -lssl -lcrypto -Wl,--no-warnings
echo '{ "sysproxy": { "listen": [ "vsock:9000", "unix:/run/sysproxy" ] } }' >"$T/vsock.json"
bake "$T/vsock.img" "$CONFIG" -m 'add sysproxy vsock' --config "$T/vsock.json" \
	"$T/rumpclient" --arg vsock:1:9000
boot 60 "$T/vsock.img" </dev/null
sed 's/^ok /ok vsock: /' "$T/out"
contains "a vsock" '^ok a null pointer' "$T/out" "$T/err"
# From the host, where it can.
bake "$T/sleep.img" "$CONFIG" -m 'add sysproxy vsock' /bin/busybox --arg sleep --arg 100000
if [ "$PLATFORM" = proc ]; then
	boot 30 --sysproxy vsock:4242:9000 "$T/sleep.img"
	same "no vsock of the host's for a process: status" 64 $?
	contains "no vsock of the host's for a process: message" 'use --sysproxy unix:PATH or tcp:PORT' "$T/err"
elif [ -w /dev/vhost-vsock ]; then
	start -N inside --sysproxy vsock:4242:9000 "$T/sleep.img"
	same "a vsock from the host" inside "$(timeout 60 rumpctrl vsock:4242:9000 uname -n)"
	must rumpstop "$cookie"
else
	boot 30 --sysproxy vsock:4242:9000 "$T/sleep.img"
	same "no vsock from the host: status" 71 $?
	contains "no vsock from the host: message" 'modprobe vhost_vsock; or use --sysproxy unix:PATH' "$T/err"
fi

boot 30 --sysproxy tcp:9000 "$T/sh.img"
same "tcp without a key: status" 64 $?
contains "tcp without a key: message" 'give --sysproxy-key FILE' "$T/err"
bake "$T/plain.img" "$CONFIG" /bin/busybox
boot 30 --sysproxy tcp:9000 --sysproxy-key "$T/key" "$T/plain.img"
same "an image without the server: status" 64 $?
contains "an image without the server: message" "bake it with -m 'add sysproxy'" "$T/err"
boot 30 --sysproxy tcp:9000 --sysproxy-key "$T/none" "$T/sh.img"
same "no such key: status" 65 $?
contains "no such key: message" 'sysproxy.key: .*/none: No such file' "$T/err"
