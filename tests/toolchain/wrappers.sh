# SPDX-License-Identifier: GPL-2.0
# The cross tools: all names are there, what they make boots, and says how it was built.
. "$(dirname "$0")/../lib/testlib.sh"
cd "$T" || exit 1

bin=$RUMPRUN_BUILD/bin
unset -v wrong
for libc in gnu musl; do
	for tool in gcc ar as cpp ld nm objcopy objdump ranlib readelf size strings strip pkg-config; do
		"x86_64-rumprun-linux-$libc-$tool" --version >>version 2>&1 || wrong="$wrong $libc-$tool"
	done
done
same "every tool answers" "" "${wrong-}" version
same "one script under all names" 1 \
	"$(readlink -f "$bin"/x86_64-rumprun-linux-* | sort -u | wc -l)"
x86_64-rumprun-linux-musl-g++ -c "$SOURCE/tests/programs/exceptions.cc" 2>err
same "no C++ with musl: status" 1 $? err
contains "no C++ with musl: the way out" 'use x86_64-rumprun-linux-gnu-g++' err

# kind FILE: how it is linked.
kind() {
	readelf -hlW "$1" | awk '/Type: / { type = $2 } /INTERP/ { i = "interpreter" } /DYNAMIC/ { d = "dynamic" }
		END { print type, i d }'
}

for tool in gnu-gcc gnu-g++ gnu-cpp musl-gcc musl-cpp; do
	same "$tool: -dumpmachine" "x86_64-rumprun-linux-${tool%-*}" \
		"$("x86_64-rumprun-linux-$tool" -dumpmachine)"
done
# file_of LIBC NAME: the file that the compiler means by it.
file_of() {
	realpath -q "$("x86_64-rumprun-linux-$1-gcc" "-print-file-name=$2")"
}
same "gnu: its libc.a" /usr/lib/x86_64-linux-gnu/libc.a "$(file_of gnu libc.a)"
same "musl: its libc.a" /usr/lib/x86_64-linux-musl/libc.a "$(file_of musl libc.a)"
same "musl: the compiler's own files" "$(file_of gnu crtbeginS.o)" "$(file_of musl crtbeginS.o)"
same "musl: none of glibc's files" libmvec.a "$(x86_64-rumprun-linux-musl-gcc -print-file-name=libmvec.a)"

for libc in gnu musl; do
	cc=x86_64-rumprun-linux-$libc-gcc
	must $cc -O2 -g -Wall -o hello-$libc "$SOURCE/tests/programs/hello.c"
	same "$libc: static-pie by itself" "DYN dynamic" "$(kind hello-$libc)"
	must $cc -O2 -Wl,-E -o exporting "$SOURCE/tests/programs/hello.c"
	same "$libc: -Wl,-E does no harm" "Hello, rump kernel!" "$(./exporting)"
	must $cc -O2 -static -o static "$SOURCE/tests/programs/hello.c"
	same "$libc: -static" "EXEC " "$(kind static)"
	must $cc -O2 -no-pie -o no-pie "$SOURCE/tests/programs/hello.c"
	same "$libc: -no-pie" "EXEC " "$(kind no-pie)"
	echo 'int answer(void) { return 42; }' >answer.c
	must $cc -shared -fPIC -o answer.so answer.c
	same "$libc: -shared" "DYN dynamic" "$(kind answer.so)"
	must $cc -c -o answer.o answer.c
	must $cc -r -nostdlib -o more.o answer.o
	same "$libc: -r" "REL " "$(kind more.o)"
	same "$libc: __RUMPRUN__" 'int x = 1;' \
		"$(echo 'int x = __RUMPRUN__;' | $cc -E - | tail -n 1)"
	contains "$libc: -g" hello.c:6 <(addr2line -e hello-$libc \
		"$(nm hello-$libc | awk '$3 == "main" { print $1 }')")

	cp hello-$libc stripped
	must x86_64-rumprun-linux-$libc-strip stripped
	must rumprun-bake hw_minimal hello.img stripped
	contains "$libc: bake shows how it was built" \
		"^/bin/stripped: built by x86_64-rumprun-linux-$libc, gcc [0-9.]* -O2 -g$" must.out
	boot 100 -M 32 hello.img one two </dev/null
	same "$libc: its status in the guest" 2 $? out err
	contains "$libc: its output" '^two$' out
done

must gcc -static -o hello "$SOURCE/tests/programs/hello.c"
must rumprun-bake hw_minimal hello.img hello
same "bake claims nothing of other programs" "" "$(grep 'built by' must.out)"

must x86_64-rumprun-linux-gnu-g++ -O2 -Wall -Wextra -pthread -o exceptions \
	"$SOURCE/tests/programs/exceptions.cc"
same "C++: static-pie" "DYN dynamic" "$(kind exceptions)"
bake exceptions.img hw_minimal exceptions
boot 100 -M 64 exceptions.img </dev/null
same "C++: its status in the guest" 0 $? out err
grep -E '^(ok|FAIL) ' out

must x86_64-rumprun-linux-gnu-pkg-config --libs zlib
x86_64-rumprun-linux-musl-pkg-config --exists zlib
same "glibc's libraries are no libraries of musl" 1 $?
