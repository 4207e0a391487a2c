# SPDX-License-Identifier: GPL-2.0
# Remote system calls without a boot: the server as a process of this machine.
. "$(dirname "$0")/../lib/testlib.sh"
server=$RUMPRUN_BUILD/kit/sysproxyd

# serve ARGUMENTS...: returns when it listens.
serve() {
	local ready
	rm -f "$T/ready"
	mkfifo "$T/ready"
	"$server" --ready-fd 3 "$@" 3>"$T/ready" 2>"$T/server.err" &
	servers+=($!)
	# shellcheck disable=SC2034 # only its end matters
	IFS= read -r -d '' ready <"$T/ready" || {
		fail "sysproxyd $*" "it does not start" "$T/server.err"
		exit 1
	}
}

remote() {
	timeout -k 10 60 rumpctrl "unix:$T/socket" "$@"
}

head -c 32 /dev/urandom >"$T/key"
port=$(free_port)
serve --key "$T/key" "tcp:127.0.0.1:$port"
serve "unix:$T/socket"

# By the library.
must gcc -O2 -Wall -Wextra -Werror -I"$SOURCE/include" -o "$T/rumpclient" \
	"$SOURCE/tests/programs/rumpclient.c" "$RUMPRUN_BUILD/lib/librumpclient.a" -lssl -lcrypto
"$T/rumpclient" "unix:$T/socket" 2>"$T/err" || fail "librumpclient" "status $?" "$T/err"
"$T/rumpclient" "tcp:127.0.0.1:$port" "$T/key" 2>"$T/err" | sed 's/^ok /ok encrypted: /'

# refused WHAT STATUS MESSAGE ARGUMENTS...
refused() {
	local what=$1 expected=$2 message=$3
	shift 3
	timeout 60 rumpctrl "$@" >"$T/out" 2>"$T/err"
	same "$what: status" "$expected" $? "$T/err"
	contains "$what: message" "$message" "$T/err"
}

head -c 8 "$T/key" >"$T/short"
head -c 32 /dev/urandom >"$T/other"
refused "no address" 64 usage
refused "an address without a transport" 64 'must be tcp:HOST:PORT' foo ls
refused "an address without a port" 64 'no good number' tcp:127.0.0.1: --key "$T/key" ls
refused "an unknown option" 64 usage --no-such "unix:$T/socket" ls
refused "tcp, and no key given" 66 'tcp needs the key' "tcp:127.0.0.1:$port" ls
refused "no such key" 66 'No such file' "unix:$T/socket" --key "$T/none" ls
refused "a short key" 66 '16 to 256 bytes' "tcp:127.0.0.1:$port" --key "$T/short" ls
refused "another key" 66 'not the one that the other end has' "tcp:127.0.0.1:$port" --key "$T/other" ls
refused "nobody listens" 69 'No such file' "unix:$T/nobody" ls

# Programs: exit statuses, standard streams, fork and exec, threads, signals.
same "standard streams stay here" "hello" "$(echo hello | remote cat)"
remote sh -c 'exit 3'
same "a status" 3 $?
remote sh -c 'kill -TERM $$'
same "the end by a signal" 143 $?
remote /nowhere/to/be/found 2>"$T/err"
same "no such program: status" 127 $?
same "a shell's children" "$(wc -w </proc/filesystems)" "$(remote sh -c "cat /proc/filesystems | wc -w")"
echo data >"$T/file"
same "a redirection in a remote shell" "data" "$(remote sh -c "cat <$T/file")"
same "a program without libraries" "data" "$(remote busybox cat "$T/file")"
mkdir "$T/folder"
same "a relative path" "file" "$(remote sh -c "cd $T/folder && ls .. | grep file")"
cp "$SOURCE/tests/programs/sysproxy_calls.py" "$T/calls.py"
remote --local '/usr/*' --local '/etc/python*' --local "$T/calls.py" python3 "$T/calls.py" 2>&1

# --path: only what is below it is remote.
same "--path" "data" "$(remote --path /rump cat "/rump$T/file")"
remote --path /rump cat "/rump/$T/nothing" 2>/dev/null
same "--path: what is not there" 1 $?
same "--local" "data" "$(remote --local "$T/*" cat "$T/file")"

# A signal reaches a program that waits for the unikernel, and its handler runs.
mkfifo "$T/fifo"
exec 9<>"$T/fifo"
sessions() { pgrep -P "${servers[1]}"; }
timeout 60 rumpctrl "unix:$T/socket" sh -c "trap 'echo caught; exit 5' TERM; echo go; read x <$T/fifo" \
	>"$T/out" &
pid=$!
until grep -q go "$T/out" && grep -qs '^0 ' /proc/"$(sessions)"/task/*/syscall; do :; done
kill -TERM "$(pgrep -P "$(pgrep -P $pid)")"
wait $pid
same "a signal in a remote call: status" 5 $?
contains "a signal in a remote call: its handler" caught "$T/out"

# A client that is killed in the middle of a call takes its session with it.
rumpctrl "unix:$T/socket" cat "$T/fifo" &
pid=$!
until grep -qs '^0 ' /proc/"$(sessions)"/task/*/syscall; do :; done
kill -KILL $pid
wait $pid 2>/dev/null
until [ -z "$(sessions)" ]; do :; done
# And a unikernel that ends takes its clients with it.
timeout 60 rumpctrl "unix:$T/socket" cat "$T/fifo" 2>"$T/err" &
pid=$!
until grep -qs '^0 ' /proc/"$(sessions)"/task/*/syscall; do :; done
kill -KILL "$(sessions)"
wait $pid
same "a server that is gone: status" 69 $?
contains "a server that is gone: message" 'the connection is lost' "$T/err"
exec 9>&-
ok "a client that is killed leaves nothing behind"

# On a terminal: a shell, and Ctrl-C in a program that waits for the unikernel.
python3 "$SOURCE/tests/programs/terminal.py" 60 'expect rumpctrl /> ' 'send cd /proc/sys\n' \
	'expect rumpctrl /proc/sys> ' 'send cat kernel/ostype\n' 'expect Linux' \
	'send cat <kernel/ostype\n' 'expect No such file' 'send ping 127.0.0.1\n' 'expect icmp_seq=2' \
	'send \x03' 'expect packets transmitted' 'expect > ' "send cat kernel/ostype $T/fifo\n" \
	'expect Linux' 'send \x03' 'expect > ' 'send exit 4\n' -- rumpctrl "unix:$T/socket" >"$T/out" 2>&1
same "a shell on a terminal" 4 $? "$T/out"

# Ctrl-Z stops it and rumpctrl, and "fg" lets the call go on.
mkfifo "$T/late"
python3 "$SOURCE/tests/programs/terminal.py" 60 'expect [#$] ' \
	"send rumpctrl 'unix:$T/socket' sh -c 'echo go; read x <$T/late; echo got \$x'\n" \
	'expect l.go' 'send \x1a' 'expect Stopped' 'expect [#$] ' "send (echo it >$T/late) & fg 1\n" \
	'expect got it' 'expect [#$] ' 'send exit 3\n' -- bash --norc -i >"$T/out" 2>&1
same "stopped and continued on a terminal" 3 $? "$T/out"

# Packets go by a ring in memory.
timeout 60 rumpctrl "unix:$T/socket" tcpdump -n -l -i lo -c 2 icmp >"$T/out" 2>"$T/err" &
pid=$!
until grep -q 'listening on' "$T/err"; do :; done
until ! kill -0 $pid 2>/dev/null; do ping -c 1 127.0.0.1 >"$T/ping"; done
wait $pid
same "tcpdump: status" 0 $? "$T/err"
same "tcpdump: packets" 2 "$(grep -c 'IP 127.0.0.1 > 127.0.0.1: ICMP echo re' "$T/out")"

clients=()
for i in $(seq 50); do
	timeout 100 rumpctrl "tcp:127.0.0.1:$port" --key "$T/key" cat "$T/file" >"$T/client$i" 2>&1 &
	clients+=($!)
done
wait "${clients[@]}"
same "fifty at once" "50 data" "$(cat "$T"/client* | uniq -c | sed 's/^ *//')"

# What a server does not accept.
"$server" tcp:1 2>"$T/err"
same "tcp without a key" 64 $?
serve --read-only "unix:$T/look"
look() {
	timeout -k 10 60 rumpctrl "unix:$T/look" "$@" 2>"$T/err"
}
same "read-only: reading" "data" "$(look cat "$T/file")"
look sh -c "echo new >$T/file"
same "read-only: writing" "data" "$(cat "$T/file")"
look rm "$T/file"
look chmod 0 "$T/file"
look kill -KILL $$
look touch "$T/new"
same "read-only: removing and making" "644 file" "$(stat -c '%a' "$T/file") $(cd "$T" && ls file new 2>/dev/null)"
look ip addr show lo >"$T/out"
contains "read-only: netlink questions" 'inet 127.0.0.1/8' "$T/out"
look ip link set lo mtu 60000
same "read-only: netlink changes" 2 $?
serve --allow openat,read,newfstatat,fadvise64 "unix:$T/listed"
same "a list: what is on it" "data" "$(timeout 60 rumpctrl "unix:$T/listed" cat "$T/file")"
timeout 60 rumpctrl "unix:$T/listed" ls "$T" >"$T/out" 2>&1
contains "a list: what is not" 'Operation not permitted' "$T/out"

python3 "$SOURCE/tests/programs/sysproxy_hostile.py" socket "$T/socket"
python3 "$SOURCE/tests/programs/sysproxy_hostile.py" tcp "$port" "$T/key" "$(command -v rumpctrl)"
same "the servers live" "alive" "$(remote echo alive)"
