# SPDX-License-Identifier: GPL-2.0
# Without a platform, KVM is taken only if a test guest comes to its end on it; rumprun says which
# accelerator it took, and remembers until the next boot of the host.
. "$(dirname "$0")/../lib/testlib.sh"
mkdir "$T/run"
export XDG_RUNTIME_DIR=$T/run

program hello
bake "$T/hello.img" hw_virtio "$T/hello"

# The real machine, whatever it can do: the program runs.
timeout 60 rumprun -i "$T/hello.img" x >"$T/out" 2>"$T/err" </dev/null
same "the default runs the program" $'1:Hello, rump kernel!\nx' "$?:$(cat "$T/out")" "$T/err"
same "and says nothing of it" "" "$(cat "$T/err")"
timeout 60 rumprun -i -v "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
contains "-v says what it took" '^rumprun: accelerator: \(KVM$\|none (TCG): \)' "$T/err"

if [ ! -w /dev/kvm ]; then
	contains "there is no KVM here" 'there is no KVM' "$T/err"
	exit 0
fi

# Hosts of all kinds, played by a QEMU that answers the test guest as they would. What it is asked to
# run on KVM it runs without.
cat >"$T/qemu" <<-'END'
	#!/bin/bash
	if [[ $* == *isa-debug-exit* ]]; then
		echo probed >>"$PROBES"
		case $HOST in
		good) exit 33 ;;
		broken) exit 1 ;;
		crash) kill -ABRT $$ ;;
		slow) exec sleep 100 ;;
		esac
	elif [ "$HOST" = stuck ]; then
		echo 'KVM internal error. Suberror: 1' >&2
		exec sleep 100
	fi
	arguments=("$@")
	for ((i = 0; i < $#; i++)); do
		[ "${arguments[i]}" = kvm ] && arguments[i]=tcg && echo kvm >>"$PROBES"
		[ "${arguments[i]}" = host ] && arguments[i]=max
	done
	exec qemu-system-x86_64 "${arguments[@]}"
END
chmod +x "$T/qemu"
export RUMPRUN_QEMU=$T/qemu PROBES=$T/probes HOST

# host KIND MESSAGE STEPS: what is said, and which steps were taken by two launches together.
host() {
	HOST=$1
	rm -rf "$T/run/rumprun" "$T/probes"
	timeout 60 rumprun -i -v "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
	same "a $1 host: the program runs" 0 $? "$T/err"
	contains "a $1 host: what is said" "$2" "$T/err"
	timeout 60 rumprun -i -v "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
	contains "a $1 host: what is said again" "accelerator: ${2%%:*}" "$T/err"
	same "a $1 host: one test guest" "$3" "$(tr '\n' ' ' <"$T/probes")" "$T/err"
}

host good 'KVM' 'probed kvm kvm '
host broken 'none (TCG): KVM is there, but a test guest failed on it' 'probed '
host crash 'none (TCG): KVM is there, but a test guest failed on it' 'probed '
host slow 'none (TCG): KVM is there, but a test guest did not end' 'probed '

echo 'another-boot kvm' >"$T/run/rumprun/accelerator"
HOST=broken
timeout 60 rumprun -i -v "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
contains "what was seen before the host's boot counts no more" 'none (TCG)' "$T/err"

rm "$T/probes"
for platform in kvm qemu; do
	timeout 60 rumprun $platform -i "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
	same "platform $platform is taken without a test" "0:" "$?:$(cat "$T/err")"
done
same "KVM for the one, none for the other" "kvm" "$(cat "$T/probes")"

# One that gives up on an instruction is paused for ever.
HOST=stuck
timeout 60 rumprun kvm -i "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
same "KVM gives up: the status" 69 $? "$T/err"
contains "KVM gives up: what is said" '^rumprun: KVM cannot run the guest: KVM internal error' "$T/err"
contains "KVM gives up: the remedy" 'rumprun qemu' "$T/err"
