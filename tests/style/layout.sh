# SPDX-License-Identifier: GPL-2.0
# The tree keeps its own rules: style, file sizes, licence lines, self-contained headers.
. "$(dirname "$0")/../lib/testlib.sh"
cd "$SOURCE" || exit 1

mapfile -t sources < <(git ls-files '*.c' '*.h')
clang-format --dry-run --Werror "${sources[@]}" >"$T/format" 2>&1 &&
	ok "clang-format" || fail "clang-format" "run 'make format'" "$T/format"

git ls-files -z '*.c' '*.h' '*.S' '*.sh' Makefile '*/Makefile' '*/run' ':!skel' |
	xargs -0 wc -l | awk '$2 != "total" && $1 > 600' >"$T/long"
[ ! -s "$T/long" ] && ok "files are at most 600 lines" ||
	fail "files are at most 600 lines" "some are longer" "$T/long"

git ls-files -z '*.c' '*.h' '*.S' '*.sh' | xargs -0 grep -L 'SPDX-License-Identifier' >"$T/spdx"
[ ! -s "$T/spdx" ] && ok "licence lines" || fail "licence lines" "missing in some" "$T/spdx"

# The kernel's headers are compiled with its include paths by the kernel build itself.
: >"$T/headers"
while read -r header; do
	for cc in gcc clang; do
		$cc -std=gnu11 -Wall -Wextra -Werror -Wno-unused-function -D_GNU_SOURCE -Iinclude -Itools/lib -Isysproxy/common \
			-fsyntax-only -x c "$header" >>"$T/headers" 2>&1 || echo "$cc: $header" >>"$T/headers"
	done
done < <(git ls-files 'include/*.h' 'tools/*.h' 'init/*.h' 'platform/*.h' 'sysproxy/*.h')
[ ! -s "$T/headers" ] && ok "every header compiles by itself" ||
	fail "every header compiles by itself" "some do not" "$T/headers"

mapfile -t scripts < <(git ls-files '*.sh' '*/run' ':!skel' 'scripts/*' | grep -v '\.list$')
shellcheck "${scripts[@]}" >"$T/shellcheck" 2>&1 &&
	ok "shellcheck" || fail "shellcheck" "see below" "$T/shellcheck"
