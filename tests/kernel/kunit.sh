# SPDX-License-Identifier: GPL-2.0
# Linux's own KUnit suites, those that build for this port, run at boot and pass.
. "$(dirname "$0")/../lib/testlib.sh"

must make -C "$SOURCE/kernel" B="$RUMPRUN_BUILD" BASES=kunit
program hello
cat >"$T/kunit.conf" <<-EOF
	config kunit
		text   Linux's unit tests
		inherit hw_minimal
		base   kunit
		memory 256
EOF
must rumprun-bake -c "$T/kunit.conf" kunit "$T/kunit.img" "$T/hello"
timeout -k 10 600 rumprun qemu -i -v "$T/kunit.img" >"$T/out" 2>"$T/err" </dev/null
same "the machine comes up after the suites" 0 $? "$T/err"

# KUnit reports by TAP: "ok 3 list-kunit-test" for a suite.
sed -n 's/^\(\[[^]]*\] \)\?\(ok\|not ok\) \([0-9]*\) \([^ #]*\).*/\2 \4/p' "$T/err" >"$T/suites"
while read -r result; do
	case $result in
	"not ok "*) fail "kunit: ${result#not ok }" "see the log" "$T/err" ;;
	"ok "*) ok "kunit: ${result#ok }" ;;
	esac
done <"$T/suites"
for suite in list-kunit-test slub_test string sysctl_test ext4_inode_test bitfields; do
	grep -q "ok $suite" "$T/suites" && ok "kunit ran $suite" || fail "kunit ran $suite" "it did not" "$T/suites"
done
