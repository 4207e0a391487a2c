# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
busybox --install -s /tmp
PATH=/tmp:/bin
echo "sorted: $(printf 'c\nb\na\n' | sort | xargs)"
echo "sum: $(seq 100 | awk '{ s += $1 } END { print s }')"
echo "$(seq 1000 | gzip | gunzip | wc -l) lines back out of gzip"
mkdir /run/d && touch /run/d/one /run/d/two
echo "tar: $(tar -C /run/d -cf - . | tar -tf - | sed -n 's,^\./\(.\),\1,p' | sort | xargs)"
hostname rump
uname -sn
exit 3
