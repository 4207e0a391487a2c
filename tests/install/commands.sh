# SPDX-License-Identifier: GPL-2.0
# What all commands have in common: --help, one version, a manual page.
. "$(dirname "$0")/../lib/testlib.sh"

for command in rumprun rumprun-bake rumprun-pkg rumpstop rumpctrl; do
	"$command" --help >"$T/help"
	same "$command --help: status" 0 $?
	contains "$command --help" "^usage: $command " "$T/help"
	same "$command --version" "$command $(rumprun --version | cut -d' ' -f2)" "$("$command" --version)"
	contains "$command: --version in the manual" '\\-\\-version' "$SOURCE/doc/man/$command.1"
done
