# SPDX-License-Identifier: GPL-2.0
# NMIs and machine checks hit between any two instructions, also where the kernel's entry code has
# the program's stack or GS: the program goes on as if nothing had been, or the report is whole.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/busy.sh"

kernel=$T/busy.img.debug/kernel

# instructions FUNCTION...: the addresses of their instructions.
instructions() {
	local function
	for function; do
		objdump -d --no-show-raw-insn --disassemble="$function" "$kernel"
	done | sed -n 's/^\(ffffffff[0-9a-f]*\):\t.*/\1/p'
}

# with_gdb SCRIPT PORT: let gdb run the guest by a script of commands.
with_gdb() {
	timeout -k 5 550 gdb -nx -batch -ex 'set pagination off' -ex 'set confirm off' \
		-ex 'set breakpoint always-inserted on' -ex 'set architecture i386:x86-64' \
		-ex "target remote localhost:$2" -x "$1" >"$T/gdb" 2>&1 </dev/null &
	debugger=$!
}

# On every instruction: gdb stops there, the NMI is the next thing that happens.
instructions entry_syscall return_iret >"$T/must"
instructions entry_vector entry_protection __switch_to_asm ret_from_fork_asm | cat "$T/must" - |
	awk '{ printf "break *0x%s\ncommands\nsilent\ndisable %d\necho hit %s\\n\nmonitor nmi\ncontinue\nend\n", $1, NR, $1 }
	     END { print "continue" }' >"$T/script"
for cpus in 1 4; do
	port=$(free_port)
	run_busy -s $cpus -p -D "$port"
	with_gdb "$T/script" "$port"
	while running && [ "$(grep -c '^hit' "$T/gdb")" -lt 100 ]; do
		read -r -t 0.2 <>"$T/clock"
	done
	finish_busy "$cpus CPUs, NMIs in entry code"
	wait $debugger
	grep '^hit' "$T/gdb" | cut -d' ' -f2 | sort >"$T/hit"
	sort "$T/must" | comm -23 - "$T/hit" >"$T/missed"
	[ -s "$T/must" ] && [ ! -s "$T/missed" ] && ok "$cpus CPUs: on every instruction" ||
		fail "$cpus CPUs: on every instruction" "not on these" "$T/missed" "$T/gdb"
done

# A machine check ends the machine: in the program, and where GS is the program's, too.
first=$(instructions entry_syscall | head -n 1)
last=$(nm "$kernel" | awk '$3 == "resume_program" { print $1 }')
for place in "$first" "$last"; do
	port=$(free_port)
	run_busy -p -D "$port"
	cat >"$T/script" <<-EOF
	break *0x$place
	continue
	delete
	monitor mce 0 1 0xbd00000000000000 0x5 0x12345000 0
	continue
	EOF
	with_gdb "$T/script" "$port"
	exec 9>&-
	wait $runner $debugger
	same "a machine check at $place: status" 70 "$(cat "$T/status")" "$T/out" "$T/err" "$T/gdb"
	contains "its report" 'machine check: bank 1 status bd00000000000000 address 12345000' "$T/err"
	contains "and the end" 'Kernel panic.*machine check' "$T/err"
done
