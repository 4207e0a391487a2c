# SPDX-License-Identifier: GPL-2.0
# The line that rumprun -D prints starts a gdb that stops in the program, in TCP and in drivers, and
# walks from there through the system call to the program's own functions.
. "$(dirname "$0")/../lib/testlib.sh"

truncate -s 1M "$T/disk"

# An echo for one connection, and the word that it listens.
cat >"$T/echo.py" <<-EOF
	import socket
	server = socket.create_server(("127.0.0.1", 0))
	print(server.getsockname()[1], flush=True)
	connection = server.accept()[0]
	connection.sendall(connection.recv(100))
EOF

# stops "FUNCTION[ if CONDITION]"...: arguments for gdb: go on to each in turn, and show the way there.
stops() {
	local place
	for place; do
		printf '%s\n' -ex "tbreak $place" -ex continue -ex "echo == ${place%% *}\\n" -ex backtrace
	done
}

# walks WHAT STOP FUNCTIONS...: the backtrace at STOP begins there and leads through FUNCTIONS.
walks() {
	local what=$1 stop=$2 pattern names
	shift 2
	pattern=$(printf ' %s .*' "$stop" "$@")
	names=$(sed -n "/^== $stop\$/,/^== /p" "$T/gdb" |
		sed -n 's/^#[0-9]* *\(0x[0-9a-f]* in \)\?\([^ ]*\) .*/ \2 /p' | tr -d '\n')
	if [[ $names =~ ^$pattern ]]; then
		ok "$what"
	else
		fail "$what" "the way was: $names" "$T/gdb" "$T/err"
	fi
}

# debug KIND GCC-FLAGS...
debug() {
	local kind=$1 port talk_port line guest echo limit=120
	shift
	program debugged -g "$@"
	bake "$T/baked.img" hw_virtio "$T/debugged"
	rm -rf "$T"/debugged.img*
	mv "$T/baked.img" "$T/debugged.img"
	mv "$T/baked.img.debug" "$T/debugged.img.debug"
	port=$(free_port)
	: >"$T/err"
	mkfifo "$T/port"
	timeout $limit python3 "$T/echo.py" >"$T/port" &
	echo=$!
	read -r talk_port <"$T/port"
	rm "$T/port"
	: >"$T/err" # the last one's line is not this one's
	timeout -k 10 $limit rumprun qemu -i -s 2 -p -D "$port" -I net0,virtio -b "$T/disk" \
		"$T/debugged.img" 10.0.2.2 "$talk_port" /dev/vda </dev/null >"$T/out" 2>"$T/err" &
	guest=$!
	until_ok 20 grep -q '^gdb ' "$T/err" || fail "$kind: the line for gdb" "there is none" "$T/err"
	line=$(grep '^gdb ' "$T/err")
	# IPv4, in network order: the kernel says something of its own by IPv6 now and then.
	mapfile -t commands < <(stops main tcp_sendmsg "start_xmit if skb->protocol == 8" read_disk virtio_queue_rqs)
	(cd / && timeout -k 10 $limit bash -c "${line/#gdb/gdb -nx -batch} \"\$@\"" gdb \
		"${commands[@]}" -ex detach) >"$T/gdb" 2>&1 </dev/null
	wait $guest
	same "$kind: the program goes on to its end" 42 $? "$T/err" "$T/gdb"
	kill $echo 2>/dev/null
	walks "$kind: main" main
	walks "$kind: from TCP to main" tcp_sendmsg do_syscall talk main
	walks "$kind: from the network's driver to main" start_xmit tcp_sendmsg do_syscall talk main
	walks "$kind: a thread's function" read_disk
	walks "$kind: from the disk's driver to it" virtio_queue_rqs do_syscall read_disk
}

debug static -static
debug "position-independent" -pie
debug "static, position-independent" -static-pie
