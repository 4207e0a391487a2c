# SPDX-License-Identifier: GPL-2.0
# What is in an image is what was asked for: components, programs, libraries, files.
. "$(dirname "$0")/../lib/testlib.sh"

# description IMAGE FILTER: from the section that rumprun reads.
description() {
	objcopy -O binary --dump-section .rumprun="$T/section" "$1" /dev/null &&
		jq -c "$2" "$T/section"
}

# unpack IMAGE DIR: the files of its root on a drive.
unpack() {
	tail -c +$(($(description "$1" .root.offset) + 1)) "$1" >"$T/root.erofs"
	must fsck.erofs --extract="$2" "$T/root.erofs"
}

program hello
cd "$T" || exit 1

bake hello.img hw_virtio ./hello
cp must.out line
same "one line tells the components" "$(description hello.img '.components | length') components" \
	"$(sed -n '1s/^hello.img: [0-9.]* MB, \([0-9]* components\), .*/\1/p; 2,$p' line)"
same "and the size" "$(awk "BEGIN { printf \"%.1f\", $(stat -c %s hello.img) / 1e6 }")" \
	"$(sed -n 's/^hello.img: \([0-9.]*\) MB.*/\1/p' line)"
same "a small root is in memory" '"memory"' "$(description hello.img .root.in)"
same "the program's path" '"/bin/hello"' "$(description hello.img '.programs[0].path')"
same "no ext4 unless asked for" false "$(description hello.img '.components | contains(["ext4"])')"
bake disk.img hw_virtio -m 'add ext4' ./hello
same "ext4 when asked for" true "$(description disk.img '.components | contains(["ext4"])')"
contains "the kernel can be debugged" ' tcp_sendmsg$' <(nm hello.img.debug/kernel)
same "the image is stripped" "" "$(nm hello.img 2>/dev/null)"
same "nothing else is left" "disk.img disk.img.debug hello.img hello.img.debug" \
	"$(echo -- *.img* | cut -c 4-)"

# A dynamic program, its library found by $ORIGIN, the files of a tree, one file more.
mkdir -p app/bin app/lib tree/etc
echo 'int answer(void) { return 42; }' >answer.c
echo 'int answer(void); int main(void) { return answer(); }' >main.c
must gcc -shared -fPIC -o app/lib/libanswer.so answer.c
must gcc -o app/bin/main main.c -Lapp/lib -lanswer "-Wl,-rpath,\$ORIGIN/../lib"
echo mine >tree/etc/hosts
echo data >data
bake dynamic.img hw_virtio --root-in drive --root tree --file data:/srv/ --env A=B app/bin/main --arg x
unpack dynamic.img root
for path in bin/main lib/libanswer.so lib64/ld-linux-x86-64.so.2 lib/x86_64-linux-gnu/libc.so.6 \
	srv/data etc/passwd; do
	[ -e "root/$path" ] && ok "/$path is there" || fail "/$path is there" "it is not"
done
same "a tree comes before the skeleton" mine "$(cat root/etc/hosts)"
same "an argument" '["x"]' "$(description dynamic.img '.launch.programs[0].args')"
same "a variable" '{"A":"B"}' "$(description dynamic.img .launch.env)"

# A script brings its interpreter, several programs are told in order.
printf '#!/usr/bin/env sh\necho\n' >script
chmod +x script
bake several.img hw_virtio --root-in drive --pipe ./script ./hello
rm -r root
unpack several.img root
[ -x root/bin/sh ] && ok "the interpreter is there" || fail "the interpreter is there" "no /bin/sh"
same "two programs in a pipe" '["/bin/script",true,"/bin/hello",null]' \
	"$(description several.img '[.launch.programs[] | .path, .pipe]')"

# Python that is only somebody's dependency is there, but not compiled.
compiled() {
	rm -r root
	bake python.img hw_virtio --root-in drive "$@"
	unpack python.img root
	[ -e root/usr/lib/python3.11/json/__init__.py ] &&
		find root/usr/lib/python3* -name '*.pyc' -path '*/json/__pycache__/__init__*' | wc -l
}
printf '#!/usr/bin/python3 -Es\n' >snake
chmod +x snake
same "Python as a dependency" 0 "$(compiled --deb fio fio)"
same "Python by a script" 1 "$(compiled --deb fio ./snake)"
same "Python by the package's name" 1 "$(compiled --deb fio,python3 fio)"
same "Python as a dependency, once it has been compiled" 0 "$(compiled --deb fio fio)"

must rumprun-bake describe hw_generic
contains "describe shows a component" 'e1000e .*KB' "$T/must.out"
must rumprun-bake list --json
same "list speaks JSON" '"fs"' "$(jq -c .components.ext4.faction "$T/must.out")"
must rumprun-bake --json hw_virtio hello.img ./hello
same "baking speaks JSON" "$(stat -c %s hello.img)" "$(jq .bytes "$T/must.out")"
must rumprun-bake -n --json hw_virtio dry.img ./hello
same "so does a dry run" '["base","components","root_bytes"]' "$(jq -c keys "$T/must.out")"
[ ! -e dry.img ] && ok "a dry run writes nothing" || fail "a dry run writes nothing" "it did"

# Several at once share a cache that is empty yet.
export XDG_CACHE_HOME=$T/cache
bakers=()
for number in 1 2 3; do
	timeout -k 10 200 rumprun-bake hw_minimal "deb$number.img" --deb busybox-static busybox >"deb$number.log" 2>&1 &
	bakers+=($!)
done
for number in 1 2 3; do
	wait "${bakers[number - 1]}"
	same "baked at once, $number" 0:yes "$?:$([ -s "deb$number.img" ] && echo yes)" "deb$number.log"
done
same "what the package needs is known once" "$(ls "$T"/cache/rumprun/tree)" \
	"$(cat "$T"/cache/rumprun/closure/busybox-static)"
