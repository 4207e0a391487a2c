#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The cross tools. Every bin/x86_64-rumprun-linux-LIBC-TOOL is a link to this file, and calls
# Debian's TOOL with what makes its result fit a rump kernel; doc/toolchain.md describes them.
set -eu

debian=x86_64-linux-gnu
musl=/usr/lib/x86_64-linux-musl
here=$(dirname "$(readlink -f "$0")")

die() {
	echo "${0##*/}: $1" >&2
	exit 1
}

case ${0##*/} in
x86_64-rumprun-linux-gnu-*) libc=gnu ;;
x86_64-rumprun-linux-musl-*) libc=musl ;;
*) die "call it by a name such as x86_64-rumprun-linux-gnu-gcc" ;;
esac
target=x86_64-rumprun-linux-$libc
tool=${0##*/"$target"-}

have() {
	command -v "$1" >/dev/null || die "$1 is not installed: apt-get install $2"
}

# What the ELF note will tell, if this call links: the target, the compiler, and those options that
# shape the code. common.specs hands it to the linker, and adds the last brace.
describe() {
	flags=
	for word; do
		case $word in
		-c | -S | -E | -M | -MM | -fsyntax-only) return ;;
		*[!A-Za-z0-9=_+.,-]*) ;;
		-[Ogfm]* | -std=* | -static* | -pthread | -no-pie | -shared) flags="$flags $word" ;;
		esac
	done
	RUMPRUN_NOTE="--package-metadata={\"type\":\"rumprun\",\"architecture\":\"x86_64\""
	RUMPRUN_NOTE="$RUMPRUN_NOTE,\"toolchain\":\"$target\""
	RUMPRUN_NOTE="$RUMPRUN_NOTE,\"compiler\":\"gcc $("$debian-gcc" -dumpfullversion)\""
	export RUMPRUN_NOTE="$RUMPRUN_NOTE,\"flags\":\"${flags# }\""
}

# The folders that gcc itself would look into are glibc's; its own holds what belongs to the compiler.
find_musl() {
	if [ -e "$musl/$1" ]; then
		echo "$musl/$1"
		return
	fi
	found=$("$compiler" "-print-file-name=$1")
	if [ "${found%/*}" = "$(dirname "$("$compiler" -print-libgcc-file-name)")" ]; then
		echo "$found"
	else
		echo "$1"
	fi
}

# Questions about the target, which Debian's compiler would answer for the host.
answer() {
	for word; do
		case $libc:$word in
		*:-dumpmachine)
			echo "$target"
			exit
			;;
		musl:-print-file-name=* | musl:--print-file-name=*)
			find_musl "${word#*=}"
			exit
			;;
		esac
	done
}

compile() {
	compiler=$debian-$1
	shift
	answer "$@"
	describe "$@"
	case $libc in
	gnu) exec "$compiler" -D__RUMPRUN__=1 "-specs=$here/common.specs" "$@" ;;
	musl)
		[ -e $musl/musl-gcc.specs ] || die "musl is not installed: apt-get install musl-dev"
		exec "$compiler" -D__RUMPRUN__=1 -specs=$musl/musl-gcc.specs \
			"-specs=$here/musl.specs" "-specs=$here/common.specs" \
			-idirafter "$here/linux-headers" "$@"
		;;
	esac
}

case $tool in
gcc | cpp)
	have $debian-"$tool" gcc
	compile "$tool" "$@"
	;;
g++)
	[ $libc = gnu ] ||
		die "Debian has no C++ library for musl; use x86_64-rumprun-linux-gnu-g++"
	have $debian-g++ g++
	compile g++ "$@"
	;;
pkg-config)
	have pkg-config pkg-config
	# The host's libraries are made for glibc.
	[ $libc = gnu ] || export PKG_CONFIG_LIBDIR="${PKG_CONFIG_LIBDIR-$musl/pkgconfig}"
	exec pkg-config --static "$@"
	;;
ar | as | ld | nm | objcopy | objdump | ranlib | readelf | size | strings | strip)
	have $debian-"$tool" binutils
	exec $debian-"$tool" "$@"
	;;
*) die "there is no such tool" ;;
esac
