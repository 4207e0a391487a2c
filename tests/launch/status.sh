# SPDX-License-Identifier: GPL-2.0
# What comes back from a run: output, arguments, environment, exit status, crash reports.
. "$(dirname "$0")/../lib/testlib.sh"

program hello
program die
bake "$T/hello.img" "$CONFIG" "$T/hello"
bake "$T/die.img" "$CONFIG" "$T/die"

boot 60 "$T/hello.img" one two </dev/null
same "exit status is the program's" 2 $?
same "output and arguments" $'Hello, rump kernel!\none\ntwo' "$(cat "$T/out")" "$T/err"
same "nothing else on standard error" "" "$(cat "$T/err")"

boot 60 -M 16 "$T/hello.img" </dev/null
same "16 MB are enough" 0 $? "$T/out" "$T/err"

boot 60 -- "$T/hello.img" -- -x "two words" '' </dev/null
same "arguments are kept as they are" $'Hello, rump kernel!\n-x\ntwo words\n\n.' "$(cat "$T/out"; echo .)" "$T/err"

boot 60 "$T/die.img" segv </dev/null
same "death by SIGSEGV is 128+11" 139 $? "$T/out" "$T/err"
boot 60 "$T/die.img" abort </dev/null
same "death by SIGABRT is 128+6" 134 $? "$T/out" "$T/err"

for command in poweroff halt restart; do
	boot 60 "$T/die.img" $command </dev/null
	same "a program's own $command" 0 $? "$T/out" "$T/err"
done

boot 60 -v "$T/die.img" segv </dev/null
contains "a fatal signal is reported" 'SIGSEGV' "$T/err"

panic=$(nm "$T/die.img.debug/kernel" | awk '$3 == "panic" { print $1 }')
[ "$PLATFORM" = proc ] && how=process || how=kernel
boot 60 "$T/die.img" "$how" "$panic" </dev/null
same "a kernel crash is 70" 70 $? "$T/out" "$T/err"
contains "with the kernel's report" 'Kernel panic.*on purpose' "$T/err"
