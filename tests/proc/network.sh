# SPDX-License-Identifier: GPL-2.0
# The networks of a process: two guests on a Unix socket, and on descriptors that were open before;
# passt out to the host (its other direction is what debian/nginx.sh tests).
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

head -c 3000000 /dev/urandom >"$T/data"
sum=$(md5sum <"$T/data" | cut -d ' ' -f 1)
bake "$T/server.img" proc --file "$T/data:/data" /bin/busybox --arg httpd --arg -f --arg -h --arg /
bake "$T/sh.img" proc /bin/busybox --arg sh --arg -c
fetch='until wget -q -O /tmp/data http://10.5.0.1/data; do sleep 1; done; md5sum /tmp/data'

rumprun "${platform[@]}" -i -I "net0,virtio,socket,local=$T/a,peer=$T/b" -W net0,inet,static,10.5.0.1/24 \
	"$T/server.img" </dev/null >"$T/first" 2>&1 &
server=$!
boot 60 -I "net0,virtio,socket,local=$T/b,peer=$T/a" -W net0,inet,static,10.5.0.2/24 "$T/sh.img" "$fetch" \
	</dev/null
contains "two guests on a Unix socket" "$sum" "$T/out" "$T/err" "$T/first"
kill $server
wait $server

# Neither waits for the other, and whoever starts again finds the other one.
start -I "net0,virtio,socket,local=$T/c,peer=$T/d" -W net0,inet,static,10.5.0.1/24 "$T/server.img"
server=$cookie
for what in "the first of two comes up alone" "the second comes back"; do
	boot 60 -I "net0,virtio,socket,local=$T/d,peer=$T/c" -W net0,inet,static,10.5.0.2/24 "$T/sh.img" "$fetch" \
		</dev/null
	contains "$what" "$sum" "$T/out" "$T/err"
done
boot 60 -I "net0,virtio,socket,local=$T/c,peer=$T/d" "$T/sh.img" true </dev/null
same "a socket that another guest has: status" 71 $? "$T/err"
contains "a socket that another guest has: message" "$T/c is the socket of a program that runs" "$T/err"
rumpstop "$server" >/dev/null
same "the sockets are removed" "" "$(until_ok 10 test ! -e "$T/c" -a ! -e "$T/d" || ls "$T")"
echo kept >"$T/file"
boot 60 -I "net0,virtio,socket,local=$T/file,peer=$T/d" "$T/sh.img" true </dev/null
same "a file in the socket's place stays: status" 64:kept "$?:$(cat "$T/file")" "$T/err"
contains "a file in the socket's place stays: message" "$T/file is there, and is no socket" "$T/err"

timeout -k 5 100 python3 "$SOURCE/tests/programs/pair.py" "${platform[*]}" \
	"$T/server.img" "$T/sh.img" "$fetch" >"$T/out" 2>"$T/err"
same "two guests on descriptors: status" 0 $? "$T/err"
contains "two guests on descriptors" "$sum" "$T/out"

# Out to a server of the host, by passt's gateway.
python3 -u -m http.server -b 127.0.0.1 -d "$T" 0 >"$T/http" 2>&1 &
http=$!
until_ok 20 grep -q 'port [0-9]' "$T/http"
port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' "$T/http")
boot 60 -I net0,virtio "$T/sh.img" "wget -q -O - http://10.0.2.2:$port/data | md5sum; cat /etc/resolv.conf" \
	</dev/null
contains "out to the host" "$sum" "$T/out" "$T/err"
contains "a name server" '^nameserver 10.0.2.3$' "$T/out"

boot 60 -P "$port:80" "$T/sh.img" true </dev/null
same "a port in use: status" 69 $? "$T/err"
contains "a port in use: message" "^rumprun: -P $port:80: the port is in use$" "$T/err"
kill $http

# passt by itself completes no connection before the client has said something.
port=$(free_port)
start -P "$port:80" "$T/sh.img" -- 'while :; do echo "from the server" | nc -l -p 80; done'
first_word() {
	timeout 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port; head -n 1 <&3" | grep .
}
until_ok 30 first_word
same "a server that speaks first" "from the server" "$(cat "$T/until.out")" "$T/err"
until_ok 30 first_word
same "a second client of it" "from the server" "$(cat "$T/until.out")" "$T/err"
rumpstop -k "$cookie" >/dev/null
boot 60 -P "$port:80" "$T/sh.img" true </dev/null
same "the port of a guest that has just ended" 0 $? "$T/err"

boot 60 -P "$(free_port):80" "$T/sh.img" true </dev/null
same "what passt says to itself is not the program's" "" "$(cat "$T/err")"
