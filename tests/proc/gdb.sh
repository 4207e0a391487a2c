# SPDX-License-Identifier: GPL-2.0
# The line that rumprun -D prints starts a gdb that walks from the kernel into the program, in a process.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

for kind in static pie; do
	program hello -g "-$kind"
	bake "$T/hello.img" proc "$T/hello"
	port=$(free_port)
	: >"$T/err" # the last one's line is not this one's
	timeout -k 10 120 rumprun "${platform[@]}" -i -D "$port" "$T/hello.img" one </dev/null >"$T/out" 2>"$T/err" &
	guest=$!
	until_ok 20 grep -q '^gdb ' "$T/err"
	line=$(grep '^gdb ' "$T/err")
	(cd / && timeout -k 10 120 bash -c "${line/#gdb/gdb -nx -batch} \"\$@\"" gdb -ex 'thbreak main' -ex continue \
		-ex 'echo == main\n' -ex backtrace -ex 'tbreak pipe_write' -ex continue \
		-ex 'echo == pipe_write\n' -ex backtrace -ex detach) >"$T/gdb" 2>&1 </dev/null
	wait $guest
	same "$kind: the program goes on to its end" 1 $? "$T/out" "$T/err" "$T/gdb"
	contains "$kind: stops in main" '^#0  main' "$T/gdb"
	sed -n '/^== pipe_write/,$p' "$T/gdb" >"$T/way"
	contains "$kind: walks from the kernel" 'do_syscall' "$T/way"
	contains "$kind: to the program" ' __libc_start_call_main ' "$T/way"
done
