# SPDX-License-Identifier: GPL-2.0
# How platform/proc guesses how many frames there are, under the sanitizers.
. "$(dirname "$0")/../lib/testlib.sh"

must gcc -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
	-fno-sanitize-recover=all -I"$SOURCE/platform/proc" \
	-o "$T/burst" "$SOURCE/tests/unit/burst.c" "$SOURCE/platform/proc/burst.c"
"$T/burst" 2>"$T/err" || fail "burst" "it did not come to its end" "$T/err"
