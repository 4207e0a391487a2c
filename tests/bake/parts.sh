# SPDX-License-Identifier: GPL-2.0
# Parts of Linux that are no modules are components as well: there when asked for, else not; every
# component can be linked by itself; what the kernel would sort at boot is sorted.
. "$(dirname "$0")/../lib/testlib.sh"

program parts
program hello

# says WHAT EXPECTED IMAGE [OPTIONS...]
says() {
	local what=$1 expected=$2
	shift 2
	boot 60 "$@" </dev/null
	same "$what" "$expected" "$(tr '\n' ' ' <"$T/out" | sed 's/ $//')" "$T/err"
}

bake "$T/without.img" hw_minimal "$T/parts"
says "hw_minimal has none of them" \
	"sysvipc ENOSYS aio ENOSYS io_uring ENOSYS collapse EINVAL /file yes /tmp/file yes" "$T/without.img"
bake "$T/with.img" hw_minimal -m 'add sysvipc aio io_uring khugepaged' "$T/parts"
says "with all of them, read-only" \
	"sysvipc yes aio yes io_uring yes collapse yes /file EROFS /tmp/file yes" -M 1024 --read-only "$T/with.img"
bake "$T/erofs.img" hw_minimal -m 'add erofs overlay' "$T/parts"
says "a root that is read in place" \
	"sysvipc ENOSYS aio ENOSYS io_uring ENOSYS collapse EINVAL /file yes /tmp/file yes" "$T/erofs.img"
bake "$T/virtio.img" hw_virtio "$T/parts"
says "hw_virtio has all system calls of them" \
	"sysvipc yes aio yes io_uring yes collapse EINVAL /file yes /tmp/file yes" "$T/virtio.img"

program netparts
bake "$T/less.img" hw_virtio "$T/netparts"
says "hw_virtio has none of these" \
	"ethtool EOPNOTSUPP keys ENOSYS nexthop EOPNOTSUPP" "$T/less.img"
bake "$T/more.img" hw_virtio -m 'add ethtool keys nexthop' "$T/netparts"
says "with all of these" "ethtool yes keys yes nexthop yes" "$T/more.img"

# root_is TYPE WHAT OPTIONS...: what a program that tells its mounts has for its root.
root_is() {
	local type=$1 what=$2
	shift 2
	bake "$T/root.img" hw_minimal "$@" "$T/mounts"
	boot 60 "$T/root.img" </dev/null
	contains "$what" "^[a-z/]* / $type " "$T/out"
}
cat >"$T/mounts.c" <<'END'
#include <stdio.h>
int main(void)
{
	FILE *f = fopen("/proc/mounts", "r");
	for (int c; (c = getc(f)) != EOF;)
		putchar(c);
}
END
must musl-gcc -O2 -static -o "$T/mounts" "$T/mounts.c"
root_is rootfs "few files are unpacked"
root_is overlay "few are read in place, when asked" --root-in memory
root_is overlay "many are read in place" --file "$T/parts:/more"
root_is rootfs "many are unpacked without EROFS" --file "$T/parts:/more" -m 'remove erofs'
root_is erofs "many are read in place, and not written to, without overlay" --file "$T/parts:/more" -m 'remove overlay'

# in_base BASE: the components that it has.
in_base() {
	rumprun-bake list --json | jq -r ".components | to_entries[] | select(.value.bases | index(\"$1\")) | .key"
}

for base in min net; do
	printf 'config bare\n\tbase %s\n' $base >"$T/bare.conf"
	bad=
	for component in $(in_base $base); do
		rumprun-bake -n -c "$T/bare.conf" -m "add $component" bare "$T/x.img" "$T/hello" \
			>"$T/link" 2>&1 || bad="$bad $component"
	done
	same "every component links to base $base by itself" "" "$bad" "$T/link"
done

python3 - "$T/with.img.debug/kernel" >"$T/sorted" 2>&1 <<'END'
import struct, subprocess, sys
subprocess.run(["objcopy", "-O", "binary", "--only-section=__ex_table", sys.argv[1], sys.argv[1] + ".t"],
               check=True)
with open(sys.argv[1] + ".t", "rb") as table:
    data = table.read()
at = [i + struct.unpack_from("<i", data, i)[0] for i in range(0, len(data), 12)]
print("sorted" if at == sorted(at) and len(at) > 50 else at)
END
same "the exception table is sorted" sorted "$(cat "$T/sorted")"
