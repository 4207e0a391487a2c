# SPDX-License-Identifier: GPL-2.0
# What platform kvm does where KVM works; boot/kvm.sh runs it on a machine on which it does.
PLATFORM=kvm
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/sh.img" hw_virtio /bin/busybox --arg sh --arg -c

# The probe finds out by itself.
timeout 120 rumprun -i -v "$T/sh.img" 'exit 5' >"$T/out" 2>"$T/err" </dev/null
same "without a platform: the status" 5 $? "$T/err"
contains "without a platform: KVM is taken" '^rumprun: accelerator: KVM$' "$T/err"

# Its clocks: the time of day is not the CMOS's, which is told another, and time goes by as fast as outside.
before=$(date +%s)
boot 120 -g '-rtc base=2001-02-03' "$T/sh.img" 'date +%s' </dev/null
same "the wall clock: the status" 0 $? "$T/err"
now=$(cat "$T/out")
[ "$now" -ge $((before - 1)) ] && [ "$now" -le $(($(date +%s) + 1)) ] && ok "the wall clock is KVM's" ||
	fail "the wall clock is KVM's" "it says $now, begun at $before" "$T/err"

# What KVM offers of itself is there, and works without, too.
for flags in +x2apic,+tsc-deadline -x2apic,-tsc-deadline -kvmclock,-kvmclock-stable-bit; do
	boot 120 -s 2 -g "-cpu host,$flags" "$T/sh.img" 'sleep 0.1; echo $(grep -cw x2apic /proc/cpuinfo) $(
		grep -cw tsc_deadline_timer /proc/cpuinfo) $(nproc); sleep 0.1' </dev/null
	status=$?
	case $flags in
	-x2apic*) expected='0 0 2' ;;
	*) expected='2 2 2' ;;
	esac
	same "two CPUs, $flags" "0:$expected" "$status:$(cat "$T/out")" "$T/err"
done

# The host's own vsock, by which it reaches the system call server.
bake "$T/sleep.img" hw_virtio -m 'add sysproxy vsock' /bin/busybox --arg sleep --arg 100000
start -N inside --sysproxy vsock:4242:9000 "$T/sleep.img"
same "a vsock from the host" inside "$(timeout 120 rumpctrl vsock:4242:9000 uname -n)"
must rumpstop "$cookie"
