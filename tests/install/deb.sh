# SPDX-License-Identifier: GPL-2.0
# make deb: the package is installed into a throw-away layer over this machine's root, runs the demo
# there, and leaves nothing behind when it is removed.
. "$(dirname "$0")/../lib/testlib.sh"

must make -C "$SOURCE" B="$RUMPRUN_BUILD" deb
deb=$(grep '/rumprun_' "$T/must.out")
must dpkg-deb --info "$deb"
contains "it depends on QEMU" 'Depends:.*qemu-system-x86' "$T/must.out"
contains "it depends on libraries" 'Depends:.*libjansson4' "$T/must.out"

cat >"$T/inside" <<'EOF'
set -e
list() {
	find /usr /etc /opt -xdev | sort
}
list >/tmp/before
dpkg -i /tmp/rumprun.deb
ls -l /usr/bin/rumprun /usr/lib/rumprun
RUMPRUN_BUILD=/tmp/demo-out PORT=$1 /tmp/demo/run
dpkg -r rumprun
list >/tmp/after
diff /tmp/before /tmp/after && echo 'removed cleanly'
EOF

# The layer lies in memory, and goes with its mount namespace.
cat >"$T/outside" <<'EOF'
set -e
layer=$1 source=$2 deb=$3 inside=$4 port=$5
mount -t tmpfs layer "$layer"
mkdir "$layer/upper" "$layer/work" "$layer/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" "$layer/root"
for folder in proc dev sys; do mount --rbind "/$folder" "$layer/root/$folder"; done
mount -t tmpfs tmp "$layer/root/tmp"
cp -r "$source/demo" "$layer/root/tmp/demo"
cp "$deb" "$layer/root/tmp/rumprun.deb"
cp "$inside" "$layer/root/tmp/inside"
exec env -u RUMPRUN_BUILD -u RUMPRUN_KIT PATH=/usr/sbin:/usr/bin:/sbin:/bin \
	chroot "$layer/root" bash /tmp/inside "$port"
EOF
mkdir "$T/layer"
timeout -k 10 400 unshare --mount --propagation private bash "$T/outside" "$T/layer" "$SOURCE" "$deb" \
	"$T/inside" "$(free_port)" >"$T/out" 2>&1
same "installed, demonstrated, removed: status" 0 $? "$T/out"
contains "it installs" 'Setting up rumprun ' "$T/out"
contains "the demo's page" '<h1>' "$T/out"
contains "it is removed cleanly" '^removed cleanly$' "$T/out"
