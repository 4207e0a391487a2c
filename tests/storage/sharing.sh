# SPDX-License-Identifier: GPL-2.0
# The host's files in the guest: over 9P by virtio and by TCP (diod), virtiofs, NFS 3 and 4 (Ganesha). Each is
# read, written, listed, run from, and looks the same from the other side.
. "$(dirname "$0")/../lib/testlib.sh"

shares='9p virtiofs diod nfs3 nfs4'
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
for share in 9p virtiofs diod nfs3 nfs4; do mkdir -p /mnt/$share; done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=131072 share9p /mnt/9p && use 9p
mount -t virtiofs sharefs /mnt/virtiofs && use virtiofs
mount -t 9p -o "trans=tcp,port=$1,version=9p2000.L,aname=$3/diod,uname=root,access=user" \
	10.0.2.2 /mnt/diod && use diod
mount.nfs "10.0.2.2:$3/nfs3" /mnt/nfs3 \
	-o "vers=3,nolock,proto=tcp,port=$2,mountproto=tcp,mountport=$(($2 + 1))" && use nfs3
mount.nfs 10.0.2.2:/nfs4 /mnt/nfs4 -o "vers=4.2,port=$2" && use nfs4
SH
bake "$T/use.img" hw_virtio -m 'add virtio_9p virtiofs nfs' --deb nfs-common --file "$T/use:/use" \
	/bin/busybox --arg sh --arg /use

# In a namespace of their own NFS and its helper find all ports free.
namespace=rumprun-$$
namespace "$namespace"
nfs_export() {
	cat <<-CONF
		EXPORT {
			Export_Id = $1; Path = $T/nfs$1; Pseudo = /nfs$1; Access_Type = RW;
			Squash = No_Root_Squash; SecType = sys; Transports = TCP; Protocols = $1;
			FSAL { Name = VFS; }
		}
	CONF
}
cat >"$T/ganesha.conf" <<CONF
NFS_CORE_PARAM {
	NFS_Port = 2049; MNT_Port = 2050; Protocols = 3, 4;
	Enable_NLM = false; Enable_RQUOTA = false;
}
NFSV4 { Graceless = true; }
$(nfs_export 3)
$(nfs_export 4)
CONF
serve ganesha ip netns exec "$namespace" unshare --mount --pid --fork --kill-child sh -c "
	mount -t tmpfs tmpfs /run && rpcbind && mkdir /run/ganesha &&
		exec ganesha.nfsd -F -f '$T/ganesha.conf' -p /run/ganesha/pid -L /dev/stderr"
serve diod ip netns exec "$namespace" diod -f -n -l 127.0.0.1:5640 -e "$T/diod" -U root
serve virtiofsd /usr/lib/qemu/virtiofsd --socket-path="$T/virtiofsd" -o "source=$T/virtiofs"
for port in 2049 5640; do
	until_ok 30 inside bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" ||
		fail "the server at port $port" "does not listen" "$T/ganesha.log" "$T/diod.log"
done
until_ok 20 test -S "$T/virtiofsd" || fail "virtiofsd" "does not listen" "$T/virtiofsd.log"

# virtiofsd reads the guest's memory itself: it must be shared.
boot 90 -M 128 -I net0,virtio -g "-virtfs local,path=$T/9p,mount_tag=share9p,security_model=none
	-object memory-backend-memfd,id=shared,size=128M,share=on -machine memory-backend=shared
	-chardev socket,id=fs,path=$T/virtiofsd -device vhost-user-fs-pci,chardev=fs,tag=sharefs" \
	"$T/use.img" 5640 2049 "$T" </dev/null
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
