# SPDX-License-Identifier: GPL-2.0
# What was baked runs: several programs, in a pipe or side by side; scripts; every kind of ELF file;
# and the defaults that the image was given.
. "$(dirname "$0")/../lib/testlib.sh"
cd "$T" || exit 1

# prints WHAT STATUS TEXT IMAGE ARGUMENTS...
prints() {
	local what=$1 status=$2 text=$3
	shift 3
	boot 60 "$@" </dev/null
	same "$what" "$status:$text" "$?:$(cat out)" err
}

cat >upper.c <<-END
	#include <ctype.h>
	#include <stdio.h>
	int main(void) { int c; while ((c = getchar()) != EOF) putchar(toupper(c)); return 7; }
END
must gcc -O2 -static -o upper upper.c
printf '#!/bin/busybox sh\necho "from a script: $0 $*"\n' >script
printf '#!/usr/bin/env -S busybox sh\necho by env $1\n' >by-env
chmod +x script by-env

bake pipe.img hw_virtio --pipe /bin/echo --arg one --arg two /usr/bin/rev ./upper
prints "a pipe of three: the last one's status" 7 'OWT ENO' pipe.img

# The first one's end is the guest's; the other one has been started with it.
cat >serve.json <<-END
	{ "programs": [ { "path": "/bin/busybox", "argv0": "sh",
	    "args": [ "-c", "until nc 127.0.0.1 9; do :; done 2>/dev/null; exit 4" ] },
	  { "path": "/bin/busybox", "argv0": "nc", "args": [ "-l", "-p", "9", "-e", "/bin/script", "x" ] } ] }
END
bake together.img hw_virtio ./script /bin/busybox
prints "two side by side" 4 'from a script: /bin/script x' --config serve.json together.img

bake script.img hw_virtio ./script --arg baked
prints "a script, with arguments baked and given" 0 'from a script: /bin/script baked given' \
	script.img given
bake by-env.img hw_virtio ./by-env
prints "a script whose interpreter env finds" 0 'by env x' by-env.img x

for flags in -static -static-pie -pie -no-pie; do
	must gcc -O2 $flags -o kind "$SOURCE/tests/programs/hello.c"
	bake kind.img hw_minimal ./kind
	prints "gcc $flags" 1 $'Hello, rump kernel!\nx' kind.img x
done
must musl-gcc -O2 -o kind "$SOURCE/tests/programs/hello.c"
bake kind.img hw_minimal ./kind
prints "musl, dynamic" 1 $'Hello, rump kernel!\nx' kind.img x

# Defaults: files, variables, a document; a configuration of one's own.
echo 'a file' >data
printf 'config mine\n\tinherit hw_virtio\n\tadd ext4\n\tremove ipv6\n\tmemory 50\n' >mine.conf
echo '{ "hostname": "baked", "cwd": "/srv", "env": { "A": "document", "B": "document" } }' >baked.json
# shellcheck disable=SC2016
bake defaults.img mine -c mine.conf --config baked.json --env A=option --file data:/srv/ --read-only \
	/bin/busybox --arg sh --arg -c --arg 'hostname; pwd; cat data; echo $A $B; grep -c ext4 /proc/filesystems
		[ -e /proc/net/if_inet6 ] || echo no IPv6; echo 2>/dev/null >x || echo read-only
		read -r _ kb _ </proc/meminfo; [ $kb -lt 52000 ] && echo small'
prints "the defaults of an image" 0 \
	$'baked\n/srv\na file\noption document\n1\nno IPv6\nread-only\nsmall' defaults.img
prints "rumprun's options come last" 1 \
	$'given\n/srv\na file\nagain document\n1\nno IPv6\nread-only' -N given -e A=again -M 200 defaults.img

# An interpreter of the host alone is not enough, and the bake says so.
printf '#!/usr/bin/env python3\nprint("from python")\n' >snake
chmod +x snake
must rumprun-bake -n hw_virtio snake.img ./snake
contains "python3 without its library" 'snake: python3 needs its library.*: add --deb python3$' must.out
must rumprun-bake hw_virtio snake.img --deb python3 ./snake
same "with it: no such word" "" "$(grep 'needs its library' must.out)"
prints "with it: the script" 0 'from python' snake.img
cat >compiled <<'END'
#!/usr/bin/env python3
import json, os
# What is compiled at the start has the time of the start.
print(os.stat(json.__cached__).st_mtime == os.stat(json.__file__).st_mtime, json.dumps.__code__.co_filename)
END
chmod +x compiled
must rumprun-bake hw_virtio compiled.img --deb python3 ./compiled
prints "its modules are compiled" 0 'True /usr/lib/python3.11/json/__init__.py' compiled.img
