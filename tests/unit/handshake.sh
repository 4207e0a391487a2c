# SPDX-License-Identifier: GPL-2.0
# What platform/proc adds to passt's handshakes, under the sanitizers.
. "$(dirname "$0")/../lib/testlib.sh"

must gcc -std=gnu11 -g -O1 -Wall -Wextra -Werror -ffreestanding \
	-fsanitize=address,undefined -fno-sanitize-recover=all -I"$SOURCE/platform/proc" \
	-o "$T/handshake" "$SOURCE/tests/unit/handshake.c" "$SOURCE/platform/proc/handshake.c"
"$T/handshake" 2>"$T/err" || fail "handshake" "it did not come to its end" "$T/err"
