# SPDX-License-Identifier: GPL-2.0
# Units of the launcher and of init, under the address and undefined behaviour sanitizers.
. "$(dirname "$0")/../lib/testlib.sh"

# unit NAME FILES...: build tests/unit/NAME.c with FILES of the tree, and run it.
unit() {
	local name=$1 files=()
	shift
	for file; do files+=("$SOURCE/$file"); done
	must gcc -std=gnu11 -D_GNU_SOURCE -g -O1 -Wall -Wextra -Werror \
		-fsanitize=address,undefined -fno-sanitize-recover=all \
		-I"$SOURCE/tools/lib" -I"$SOURCE/tools/launch" -I"$SOURCE/init" \
		-o "$T/$name" "$SOURCE/tests/unit/$name.c" "${files[@]}" -ljansson
	"$T/$name" 2>"$T/$name.err" || fail "$name" "it did not come to its end" "$T/$name.err"
}

unit config tools/lib/config{,_schema,_compile}.c
unit relay tools/launch/{relay,words}.c tools/lib/{report,util}.c
unit vhost tools/launch/{vhost,vring}.c
unit init init/{dhcp_packet,ra}.c
unit conf init/{conf,text}.c tools/lib/config{,_schema,_compile}.c
