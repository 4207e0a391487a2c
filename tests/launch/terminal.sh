# SPDX-License-Identifier: GPL-2.0
# A program on a terminal has one: job control, its size, Ctrl-C; with and without virtio-console.
. "$(dirname "$0")/../lib/testlib.sh"

# on_terminal WHAT STATUS STEP... -- ARGUMENTS of rumprun...
on_terminal() {
	local what=$1 expected=$2
	shift 2
	timeout -k 5 90 python3 "$SOURCE/tests/programs/terminal.py" 60 "$@" >"$T/out" 2>&1
	same "$what" "$expected" $? "$T/out"
}

for config in hw_virtio hw_minimal; do
	bake "$T/$config.img" $config /bin/busybox --arg sh
	on_terminal "$config: the program's terminal" 6 \
		'expect # ' 'send tty\r' 'expect /dev/hvc0\r' 'expect # ' \
		'send echo ru""n; sleep 50\r' 'expect run\r' 'send \x03' 'expect # ' \
		'send echo status $?\r' 'expect status 130\r' 'send exit 6\r' \
		-- rumprun qemu -i "$T/$config.img"
	on_terminal "$config: Ctrl-] stops the guest" 7 \
		'expect trapped\r' 'send \x1d' 'expect stopping' -- rumprun qemu -i "$T/$config.img" \
		-c 'trap "echo stopping; exit 7" TERM; echo trapped; while :; do sleep 1; done'
done
on_terminal "hw_virtio: its size" 6 \
	'size 33 101' 'expect # ' 'send stty size\r' 'expect 33 101' \
	'size 44 120' 'expect # ' 'send sleep 1; stty size\r' 'expect 44 120' 'send exit 6\r' \
	-- rumprun qemu -i "$T/hw_virtio.img"

on_terminal "the launcher's terminal is as it was" 0 'expect same' -- sh -c "
	before=\$(stty -g); rumprun qemu -i '$T/hw_virtio.img' -c 'exit 0'
	[ \"\$before\" = \"\$(stty -g)\" ] && echo same"
