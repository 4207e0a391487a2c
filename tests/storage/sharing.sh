# SPDX-License-Identifier: GPL-2.0
# The host's files in the guest: over 9P by virtio and by TCP (diod), virtiofs, NFS 4 (Ganesha). Each is
# read, written, listed, run from, and looks the same from the other side.
. "$(dirname "$0")/../lib/testlib.sh"

shares='9p virtiofs diod nfs'
for share in $shares; do
	mkdir -p "$T/$share/many"
	seq 20000 >"$T/$share/numbers"
	cp "$(command -v busybox)" "$T/$share/"
	(cd "$T/$share/many" && seq -f 'file%g' 200 | xargs touch)
done

cat >"$T/use" <<'SH'
use() {
	cd /mnt/$1
	echo "$1 read $(md5sum <numbers)"
	echo "$1 listed $(ls many | wc -l)"
	seq 30000 >written && mv written renamed && rm many/file7 && mkdir folder &&
		ln -s renamed link && chmod 640 renamed && echo more >>numbers && sync
	./busybox echo "$1 runs"
	echo "$1 own $(md5sum <renamed) $(stat -c %a renamed) $(readlink link)"
	cd / && umount /mnt/$1 && echo "$1 unmounted"
}
for share in 9p virtiofs diod nfs; do mkdir -p /mnt/$share; done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=131072 share9p /mnt/9p && use 9p
mount -t virtiofs sharefs /mnt/virtiofs && use virtiofs
mount -t 9p -o "trans=tcp,port=$1,version=9p2000.L,aname=$3/diod,uname=root,access=user" \
	10.0.2.2 /mnt/diod && use diod
mount.nfs 10.0.2.2:/nfs /mnt/nfs -o "vers=4.2,port=$2" && use nfs
SH
bake "$T/use.img" hw_virtio -m 'add virtio_9p virtiofs nfs' --deb nfs-common --file "$T/use:/use" \
	/bin/busybox --arg sh --arg /use

diod=$(free_port)
serve diod diod -f -n -l "127.0.0.1:$diod" -e "$T/diod" -U root
nfs=$(free_port)
cat >"$T/ganesha.conf" <<CONF
NFS_CORE_PARAM {
	NFS_Port = $nfs; Bind_addr = 127.0.0.1; Protocols = 4;
	Enable_NLM = false; Enable_RQUOTA = false;
}
NFSV4 { Graceless = true; }
EXPORT {
	Export_Id = 1; Path = $T/nfs; Pseudo = /nfs; Access_Type = RW; Squash = No_Root_Squash;
	SecType = sys; Transports = TCP;
	FSAL { Name = VFS; }
}
CONF
serve ganesha ganesha.nfsd -F -f "$T/ganesha.conf" -p "$T/ganesha.pid" -L /dev/stderr
serve virtiofsd /usr/lib/qemu/virtiofsd --socket-path="$T/virtiofsd" -o "source=$T/virtiofs"
until_ok 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$diod" ||
	fail "diod" "does not listen" "$T/diod.log"
until_ok 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$nfs" ||
	fail "Ganesha" "does not listen" "$T/ganesha.log"
until_ok 20 test -S "$T/virtiofsd" || fail "virtiofsd" "does not listen" "$T/virtiofsd.log"

# virtiofsd reads the guest's memory itself: it must be shared.
boot 90 -M 128 -I net0,virtio -g "-virtfs local,path=$T/9p,mount_tag=share9p,security_model=none
	-object memory-backend-memfd,id=shared,size=128M,share=on -machine memory-backend=shared
	-chardev socket,id=fs,path=$T/virtiofsd -device vhost-user-fs-pci,chardev=fs,tag=sharefs" \
	"$T/use.img" "$diod" "$nfs" "$T" </dev/null
same "status" 0 $? "$T/out" "$T/err"
for share in $shares; do
	contains "$share is read" "^$share read $(seq 20000 | md5sum)" "$T/out"
	contains "$share is listed" "^$share listed 200$" "$T/out"
	contains "$share keeps" "^$share own $(seq 30000 | md5sum) 640 renamed$" "$T/out"
	contains "$share is unmounted" "^$share unmounted$" "$T/out"
	contains "$share runs programs" "^$share runs$" "$T/out"
	cd "$T/$share" || exit
	same "$share on the host" "$(seq 30000 | md5sum) 640 199 renamed more" \
		"$(md5sum <renamed) $(stat -c %a renamed) $(find many -type f | wc -l) $(readlink link) $(
			tail -n 1 numbers
		)" "$T/err" "$T"/*.log
done
