#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# source.sh PACKAGE LIBC RECIPE CACHE WORK TOOLCHAIN BIN: fetch the Debian source package PACKAGE into
# CACHE, unpack it below WORK, and run RECIPE in it, which installs below $OUT, WORK/out. apt-get is
# given folders of its own; the host's configuration does not change. Without a PACKAGE, RECIPE finds an
# empty folder.
set -eu
package=$1 libc=$2 recipe=$3 cache=$4 work=$5 toolchain=$6 bin=$7
parts=$cache/parts lists=$cache/lists

apt() {
	command=$1
	shift
	"$command" -q -oDir::Etc::SourceList=/dev/null -oDir::Etc::SourceParts="$parts" \
		-oDir::State::lists="$lists" -oDir::Cache="$cache" -oAPT::Sandbox::User= \
		-oDebug::NoLocking=true "$@"
}

# The host's own archives of Debian, with sources instead of programs.
write_parts() {
	for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
		case $list in
		*.sources) sed 's/^Types:.*/Types: deb-src/' "$list" ;;
		*.list) sed -n 's/^deb /deb-src /p' "$list" ;;
		*) continue ;;
		esac >"$parts/${list##*/}" 2>/dev/null || :
	done
}

fetch() {
	if ! ls "$lists"/*_Sources* >/dev/null 2>&1; then
		echo "fetching the lists of source packages"
		mkdir -p "$parts" "$lists/partial" "$cache/archives/partial"
		write_parts
		apt apt-get update || [ -n "$(ls "$lists"/*_Sources* 2>/dev/null)" ]
	fi

	# The newest version; an archive that lists one which it lacks has an older one.
	mkdir -p "$cache/$package"
	cd "$cache/$package"
	if ! ls ./*.dsc >/dev/null 2>&1; then
		echo "fetching the sources of $package"
		versions=$(apt apt-cache showsrc --only-source "$package" | sed -n 's/^Version: //p' |
			sort -ruV)
		[ -n "$versions" ] || {
			echo "source.sh: no archive of the host has a source package $package" >&2
			exit 1
		}
		for version in $versions; do
			apt apt-get source --download-only --only-source "$package=$version" && break
			rm -f ./*
		done
	fi
	dsc=$(ls ./*.dsc 2>/dev/null) || {
		echo "source.sh: $package is in the lists, but no archive of the host has its files" >&2
		exit 1
	}
	command -v dpkg-source >/dev/null || {
		echo "source.sh: dpkg-source is not installed: apt-get install dpkg-dev" >&2
		exit 1
	}
	dpkg-source --no-check -x "$dsc" "$work/source"
}

mkdir -p "$work/out"
if [ -n "$package" ]; then fetch; else mkdir "$work/source"; fi
cd "$work/source"
HOST=x86_64-rumprun-linux-$libc
cpus=$(nproc)
export HOST RECIPE="${recipe%/*}" OUT="$work/out" TOOLCHAIN="$toolchain" LIBC="$libc"
export PATH="$bin:$PATH" CONFIG_SITE="$toolchain/config.site"
export CC="$HOST-gcc" AR="$HOST-ar" RANLIB="$HOST-ranlib" STRIP="$HOST-strip" LD="$HOST-ld"
export PKG_CONFIG="$HOST-pkg-config" MAKEFLAGS="-j$cpus"
[ "$libc" = musl ] || export CXX="$HOST-g++"
exec sh -eu "$recipe"
