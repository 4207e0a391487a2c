# SPDX-License-Identifier: GPL-2.0
# Linux is never patched: the unpacked tree is the package's, file by file, but for arch/rump.
. "$(dirname "$0")/../lib/testlib.sh"

tree=$RUMPRUN_BUILD/linux
tar -C "$tree" --strip-components=1 --compare -f /usr/src/linux-source-6.12.tar.xz 2>&1 |
	grep -v -e '^tar: : ' -e 'Mod time differs' -e 'Uid differs' -e 'Gid differs' -e 'Mode differs' >"$T/differs"
[ ! -s "$T/differs" ] && ok "Linux is as the package installs it" ||
	fail "Linux is as the package installs it" "it differs" "$T/differs"

tar -tf /usr/src/linux-source-6.12.tar.xz | sed 's,^[^/]*/,,; s,/$,,' | sort >"$T/packaged"
# The stamp says which package was unpacked; the build makes it.
(cd "$tree" && find . -mindepth 1 -path ./arch/rump -prune -o ! -name '.unpacked-*' -print |
	sed 's,^\./,,' | sort) >"$T/here"
comm -13 "$T/packaged" "$T/here" >"$T/added"
[ ! -s "$T/added" ] && ok "only arch/rump is added" ||
	fail "only arch/rump is added" "more is" "$T/added"
