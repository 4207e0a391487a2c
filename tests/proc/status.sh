# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of launch/status.sh: exit status and crash reports.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../launch/status.sh"

boot 60 --machine microvm "$T/hello.img" </dev/null
same "a machine for a process: status" 64 $? "$T/err"
contains "a machine for a process: message" '--machine is for QEMU' "$T/err"
chmod -x "$T/hello.img"
boot 60 "$T/hello.img" </dev/null
same "an image that is not executable: status" 69 $? "$T/err"
contains "an image that is not executable: message" "Permission denied; try: chmod +x $T/hello.img" "$T/err"
