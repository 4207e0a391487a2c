# SPDX-License-Identifier: GPL-2.0
# A hundred boots in a row, none of which hangs or goes wrong.
. "$(dirname "$0")/../lib/testlib.sh"

program hello
bake "$T/hello.img" hw_virtio "$T/hello"
good=0
for number in $(seq 100); do
	boot 60 -s 2 "$T/hello.img" "$number" </dev/null
	[ "$?:$(tail -n 1 "$T/out")" = "1:$number" ] || break
	good=$number
done
same "boots in a row" 100 "$good" "$T/out" "$T/err"
