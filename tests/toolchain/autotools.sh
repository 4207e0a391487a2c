# SPDX-License-Identifier: GPL-2.0
# A project of autoconf and automake, cross-built for both libraries. The answers of config.site are
# those that running the probes gives, and those that the program finds in the guest.
. "$(dirname "$0")/../lib/testlib.sh"

export CONFIG_SITE=$RUMPRUN_BUILD/kit/toolchain/config.site
cp -r "$SOURCE/tests/programs/autotools" "$T/source"
cd "$T/source" || exit 1
must autoreconf -i

# configure_in FOLDER ARGUMENTS...
configure_in() {
	mkdir -p "$T/$1"
	cd "$T/$1" || exit 1
	must ../source/configure -q "${@:2}"
}

for libc in musl gnu; do
	host=x86_64-rumprun-linux-$libc
	CONFIG_SITE= configure_in run-$libc --host=$host
	configure_in $libc --build=x86_64-linux-gnu --host=$host CFLAGS='-O2 -g'
	diff -u ../run-$libc/config.h config.h >"$T/diff" &&
		ok "$libc: answers as found by running" ||
		fail "$libc: answers as found by running" "config.h differs" "$T/diff"
	must make -s
	bake "$T/answers.img" hw_minimal answers
	boot 100 -M 64 "$T/answers.img" </dev/null
	same "$libc: status" 0 $? "$T/out" "$T/err"
	grep -E '^(ok|FAIL) ' "$T/out"
done
