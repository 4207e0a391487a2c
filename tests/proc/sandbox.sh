# SPDX-License-Identifier: GPL-2.0
# What a process can ask of its host: every system call number, and what it holds on to.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

program hostcalls
bake "$T/calls.img" proc "$T/hostcalls"
call=$(nm "$T/calls.img.debug/kernel" | awk '$3 == "host_call" { print $1 }')

touch /tmp/passwd.host.$$
boot 60 "$T/calls.img" "$call" </dev/null
same "it comes to its end" "0 end" "$? $(tail -n 1 "$T/out")" "$T/out" "$T/err"
rm -f /tmp/passwd.host.$$
contains "calls from its own text are the rump kernel's" '^own release .*-rump$' "$T/out"
same "none of another kernel's" "" "$(grep -E '^own (x32|[0-9])' "$T/out")"
# read write munmap pread64 pwrite64 writev fdatasync timer_settime clock_gettime ppoll. mmap was asked
# for what is none of ours, mprotect to give rights. uretprobe and uprobe (335, 336) pass all filters of
# Linux, and do nothing where no probe has been set.
same "what the host lets through" "0 1 11 17 18 20 75 223 228 271" \
	"$(sed -n 's/^host \([0-9]*\)$/\1/p' "$T/out" | grep -vxE '335|336' | paste -sd ' ')" "$T/out"
same "no memory that is writable and executable" "" "$(grep mmap "$T/out")"
same "of memory, rights are only taken away" "host mprotect to 0" "$(grep mprotect "$T/out")"

# own_namespaces PID WHAT
own_namespaces() {
	local kind
	for kind in user net ipc uts mnt; do
		[ "$(readlink "/proc/$1/ns/$kind")" != "$(readlink "/proc/self/ns/$kind")" ] &&
			ok "$2: $kind" || fail "$2: $kind" "the host's"
	done
}

# What it holds on to, seen from outside.
bake "$T/cat.img" proc /bin/cat
exec 7</etc/passwd
mkfifo "$T/in"
rumprun proc --allow-root -i "$T/cat.img" <"$T/in" >"$T/out" 2>"$T/err" &
guest=$!
exec 8>"$T/in"
echo x >&8
until_ok 20 grep -q x "$T/out"
process=$(pgrep -P $guest | head -n 1)
ls -l "/proc/$process/fd" >"$T/fds"
same "no descriptor of the caller's" "" "$(grep passwd "$T/fds")" "$T/fds"
same "memory, image, log, console, control: five descriptors" 5 "$(grep -c -- '->' "$T/fds")" "$T/fds"
same "no capability" 0000000000000000 "$(sed -n 's/^CapEff:\t//p' "/proc/$process/status")"
same "no new privileges" 1 "$(sed -n 's/^NoNewPrivs:\t//p' "/proc/$process/status")"
same "one thread" 1 "$(sed -n 's/^Threads:\t//p' "/proc/$process/status")"
same "a filter" 2 "$(sed -n 's/^Seccomp:\t//p' "/proc/$process/status")"
own_namespaces "$process" "its own namespace"
same "an empty file system" "" "$(ls "/proc/$process/root")"
for id in "uid $(id -u)" "gid $(id -g)"; do
	same "no ${id% *} but its own" "${id#* } ${id#* } 1" \
		"$(tr -s ' ' <"/proc/$process/${id% *}_map" | sed 's/^ //')"
done
exec 8>&-
wait $guest

# A thread makes some of the namespaces, and has ended. A user of one process only cannot have it.
user=()
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$T"
	user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
fi
"${user[@]}" prlimit --nproc=1:1 "$T/cat.img" <"$T/in" >"$T/out" 2>"$T/err" &
guest=$!
exec 8>"$T/in"
echo x >&8
until_ok 20 grep -q x "$T/out"
own_namespaces $guest "its own namespace, without a thread"
same "without a thread: a filter" 2 "$(sed -n 's/^Seccomp:\t//p' "/proc/$guest/status")"
exec 8>&-
wait $guest

# Some hosts let nobody have namespaces.
unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"' sh \
	"$T/calls.img" --allow-root "$call" </dev/null >"$T/out" 2>"$T/err"
same "without namespaces it runs as well" "0 end" "$? $(tail -n 1 "$T/out" | tr -d "\r")" "$T/out" "$T/err"

if [ "$(id -u)" = 0 ]; then
	rumprun proc -i "$T/cat.img" </dev/null >"$T/out" 2>"$T/err"
	same "not as root: status" 64 $?
	contains "not as root: message" 'allow-root' "$T/err"
	"$T/cat.img" </dev/null >"$T/out" 2>"$T/err"
	same "not as root, run directly: status" 71 $?
fi
