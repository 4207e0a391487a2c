# SPDX-License-Identifier: GPL-2.0
# System calls by a jump, for programs that know where they run.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

program entry
bake "$T/entry.img" proc "$T/entry"
boot 60 "$T/entry.img" </dev/null
same "status" 0 $? "$T/out" "$T/err"
grep -E '^(ok|FAIL) ' "$T/out"
same "all cases" 7 "$(grep -c "^ok " "$T/out")" "$T/out"
