# SPDX-License-Identifier: GPL-2.0
# An ordinary user bakes, out of a Debian package too, and launches, with ports and in the
# background: nothing needs root.
. "$(dirname "$0")/../lib/testlib.sh"

# Somewhere every user can read, wherever the build is.
mkdir "$T/work" "$T/run"
cp -al "$RUMPRUN_BUILD/kit" "$T/" 2>/dev/null || must cp -a "$RUMPRUN_BUILD/kit" "$T/"
must cp -a "$RUMPRUN_BUILD/bin" "$T/"
chmod 755 "$T"
chmod 700 "$T/run"
user=()
if [ "$(id -u)" = 0 ]; then
	user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	chown 65534:65534 "$T/work" "$T/run"
fi
as_user() {
	(cd "$T/work" && exec "${user[@]}" env PATH="$T/bin:/usr/bin:/bin:/usr/sbin:/sbin" HOME="$T/work" \
		RUMPRUN_KIT="$T/kit" XDG_RUNTIME_DIR="$T/run" TMPDIR="$T/work" timeout -k 10 120 "$@")
}

as_user id -u >"$T/id"
[ "$(cat "$T/id")" != 0 ] && ok "an ordinary user" || fail "an ordinary user" "still root"

as_user rumprun-bake hw_virtio web.img --deb busybox-static busybox --arg httpd --arg -f --arg -h \
	--arg /etc >"$T/bake" 2>&1
same "the user bakes" 0 $? "$T/bake"

port=$(free_port)
as_user rumprun qemu -P "$port:80" web.img >"$T/out" 2>"$T/err"
same "the user launches" 0 $? "$T/err"
guest=$(cat "$T/out")
if until_ok 60 curl -sS -m 10 -o "$T/hosts" "http://127.0.0.1:$port/hosts"; then
	contains "the user's guest answers" localhost "$T/hosts"
else
	fail "the user's guest answers" "nothing in 60 s" "$T/until.out"
fi
as_user rumpstop "$guest" >"$T/out" 2>&1
same "the user stops it" 0 $? "$T/out"
same "nothing is left" "" "$(ls "$T/run/rumprun")"

as_user rumprun qemu -i -D "$(free_port)" web.img --help </dev/null >"$T/out" 2>"$T/err"
status=$?
[ $status -lt 64 ] && ok "the user runs one in the foreground" ||
	fail "the user runs one in the foreground" "status $status" "$T/out" "$T/err"
