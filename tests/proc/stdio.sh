# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of launch/stdio.sh: standard streams.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../launch/stdio.sh"

# Without the launcher the program has a terminal, which echoes.
ends() {
	printf '%b' "$2" | timeout 60 "$T/sh.img" --allow-root 'echo =$(busybox wc -c)=' >"$T/out" 2>"$T/err"
	same "run directly, $1 ends" "0 =$3=" "$? $(grep -ao '=[0-9]*=' "$T/out")" "$T/out" "$T/err"
}
ends "an input of lines" 'two\nlines\n' 10
ends "an input within a line" 'two\nlines' 9
ends "an empty input" '' 0
