# SPDX-License-Identifier: GPL-2.0
# Linux's own unit tests: all KUnit suites that build for this port, and older ones of the library.
. "$(dirname "$0")/../lib/testlib.sh"

program hello
# What takes minutes under emulation stands aside; the log shows it as skipped.
echo '{ "kernel_args": "kunit.enable=1 kunit.filter=speed>slow kunit.filter_action=skip" }' >"$T/args.json"
bake "$T/unit.img" unit -c "$SOURCE/tests/kernel/debug.conf" --config "$T/args.json" "$T/hello"
boot 600 -v "$T/unit.img" </dev/null
same "the machine goes on to its program" 0 $? "$T/out" "$T/err"

# KTAP (Documentation/dev-tools/ktap.rst): a suite's result stands at the margin, its cases' are
# indented.
sed -n 's/^\[ *[0-9.]*\] //p' "$T/err" >"$T/log"
plan=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$T/log" | head -n 1)
same "all suites have reported" "${plan:-some}" "$(grep -cE '^(not )?ok [0-9]+ ' "$T/log")" "$T/log"
while read -r verdict; do
	suite=${verdict#*ok * }
	case $verdict in
	ok*'# SKIP'*) echo "skipped: $suite" ;;
	ok*) ok "suite $suite" ;;
	*)
		sed -n "/# Subtest: $suite\$/,/^not ok [0-9]* $suite/p" "$T/log" >"$T/$suite"
		fail "suite $suite" "not ok" "$T/$suite"
		;;
	esac
done < <(grep -E '^(not )?ok [0-9]+ ' "$T/log")
for suite in list-kunit-test bits-test slub_test string sysctl_test ext4_inode_test ext4_mballoc_test \
	usercopy fat_test; do
	contains "suite $suite is there" "^ok [0-9]* $suite\$" "$T/log"
done

for name in bitmap printf scanf hexdump uuid; do
	contains "test_$name" "^test_$name: \\(all\\|remaining\\) [0-9]* tests passed" "$T/log"
done
contains "test_bitops" '^test_bitops: Completed bitops test' "$T/log"
# These do wrong on purpose.
for fault in shift-out-of-bounds array-index-out-of-bounds; do
	contains "test_ubsan: $fault" "^UBSAN: $fault in" "$T/log"
done
same "test_bitops: no errors" 0 "$(grep -c 'test_bitops: ERROR' "$T/log")" "$T/log"
