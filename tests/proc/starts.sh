# SPDX-License-Identifier: GPL-2.0
# In a process of the host, a thousand starts in a row, none of which hangs or goes wrong.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

program hello
bake "$T/hello.img" proc "$T/hello"
good=0
for number in $(seq 1000); do
	boot 60 "$T/hello.img" "$number" </dev/null
	[ "$?:$(cat "$T/out")" = "1:Hello, rump kernel!"$'\n'"$number" ] && [ ! -s "$T/err" ] || break
	good=$number
done
same "starts in a row" 1000 "$good" "$T/out" "$T/err"
