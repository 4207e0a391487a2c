# SPDX-License-Identifier: GPL-2.0
# What platform/hw reads: boot record, firmware tables, clock. The sources are freestanding, so they
# run here as they are, over memory and I/O ports that the test makes up.
. "$(dirname "$0")/../lib/testlib.sh"

files=()
for name in acpi aml boot fwcfg mptable multiboot rtc; do files+=("$SOURCE/platform/hw/$name.c"); done
must gcc -std=gnu11 -D_GNU_SOURCE -DHW_TEST_PORTS -g -O1 -Wall -Wextra -Werror -ffreestanding \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-I"$SOURCE/include" -I"$SOURCE/platform/hw" \
	-o "$T/platform" "$SOURCE/tests/unit/platform.c" "${files[@]}"
"$T/platform" 2>"$T/err" || fail "platform" "it did not come to its end" "$T/err"
