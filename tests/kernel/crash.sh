# SPDX-License-Identifier: GPL-2.0
# Reports of crashes name functions: of a program that dies of a signal, and of the kernel.
. "$(dirname "$0")/../lib/testlib.sh"

# The lines of a trace in $T/err: the names in the order given, others may stand between.
trace() {
	local what=$1 rest wanted
	shift
	rest=$(grep -E '^(\[ *[0-9.]+\] )?(#[0-9]+ |.*\[<)' "$T/err")
	for wanted; do
		case $rest in
		*"$wanted"*) rest=${rest#*"$wanted"} ;;
		*) fail "$what" "no '$wanted', or not in its place" "$T/err" && return ;;
		esac
	done
	ok "$what"
}

for kind in static pie; do
	case $kind in
	static) program deep -static -g ;;
	pie) program deep -fpie -pie -g ;;
	esac
	bake "$T/$kind.img" "$CONFIG" "$T/deep"
	boot 60 "$T/$kind.img" </dev/null
	same "$kind: status" 139 $? "$T/out" "$T/err"
	contains "$kind: signal and address" '^deep\[[0-9]*\] died of SIGSEGV (11), code 1, address 0*10$' "$T/err"
	contains "$kind: registers" '^rip [0-9a-f]\{16\} rsp [0-9a-f]\{16\} ' "$T/err"
	trace "$kind: functions and lines" 'third+0x' 'deep.c:' 'second+0x' 'deep.c:' 'first+0x' \
		'deep.c:' 'main+0x' 'deep.c:'
done

boot 60 -v "$T/pie.img" </dev/null
trace "in the log, too" 'third+0x' 'second+0x' 'first+0x' 'main+0x'

boot 60 "$T/pie.img" abort </dev/null
same "abort: status" 134 $? "$T/out" "$T/err"
trace "abort: through the C library" 'abort+0x' 'second+0x' 'first+0x' 'main+0x'

mv "$T/pie.img.debug" "$T/elsewhere"
boot 60 "$T/pie.img" </dev/null
same "without symbols: status" 139 $? "$T/out" "$T/err"
contains "without symbols: places" '^#0  .*/deep+0x' "$T/err"
same "without symbols: one hint" 1 "$(grep -c 'pie.img.debug.*is not there' "$T/err")" "$T/err"

# dies PROGRAM SYMBOL WHAT PATTERN: the kernel, when the program has been told where a symbol of it lies.
dies() {
	local address
	program "$1"
	bake "$T/$1.img" "$CONFIG" "$T/$1"
	address=$(nm "$T/$1.img.debug/kernel" | awk -v name="$2" '$3 == name { print $1 }')
	boot 60 "$T/$1.img" "$address" </dev/null
	same "$3: status" 70 $? "$T/out" "$T/err"
	contains "$3: what" "$4" "$T/err"
	contains "$3: registers" 'rip [0-9a-f]\{16\} rsp [0-9a-f]\{16\} ' "$T/err"
}

dies oops super_blocks "an oops" 'kernel read of 0*[0-9a-f]\{2\} failed'
trace "an oops: functions and lines" 'iterate_supers+0x' 'super.c:' 'ksys_sync+0x' 'sync.c:' \
	'do_syscall+0x' "${entry:-entry_syscall}+0x"

# A machine's kernel has its table of system calls where it cannot be written.
[ "$PLATFORM" = proc ] || exit 0
dies overrun sys_call_table "a stack that is too small" 'Kernel panic.*kernel stack overflow'
trace "a stack that is too small: functions" 'do_syscall+0x'
