# SPDX-License-Identifier: GPL-2.0
# make install: the tree works wherever it lies, and knows nothing of the folder it was built in.
. "$(dirname "$0")/../lib/testlib.sh"

must make -C "$SOURCE" B="$RUMPRUN_BUILD" install DESTDIR="$T/stage" PREFIX=/opt/rumprun
must mv "$T/stage/opt/rumprun" "$T/elsewhere"
cd "$T/elsewhere" || exit 1
for file in bin/rumprun bin/rumprun-bake bin/rumpstop bin/x86_64-rumprun-linux-musl-gcc \
	share/man/man1/rumprun-bake.1.gz share/doc/rumprun/toolchain.md; do
	[ -s $file ] && ok "$file is there" || fail "$file is there" "it is not"
done
same "no link leads out of the tree" "" "$(find bin share -xtype l)"
grep -rlI "$RUMPRUN_BUILD" . >"$T/traces"
same "no text names the build's folder" "" "$(cat "$T/traces")"
contains "a manual page" 'bootable image' <(zcat share/man/man1/rumprun-bake.1.gz)
same "completion" "complete -F _rumpstop rumpstop" \
	"$(bash -c '. share/bash-completion/completions/rumpstop; complete -p rumpstop')"

# From here on only the installed tools are on the path.
export PATH=$T/elsewhere/bin:/usr/bin:/bin:/usr/sbin:/sbin
unset RUMPRUN_KIT
cd "$T" || exit 1
must x86_64-rumprun-linux-musl-gcc -O2 -o hello "$SOURCE/tests/programs/hello.c"
must env -u RUMPRUN_BUILD rumprun-bake hw_minimal hello.img hello
env -u RUMPRUN_BUILD timeout -k 10 100 rumprun qemu -i -M 32 hello.img a b c </dev/null >out 2>err
same "a program compiled, baked and booted by it" 3 $? out err
