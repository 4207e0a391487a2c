# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a kernel that watches itself is given to do: the programs of abi, files on ext4 in /data, a page from
# the host. Sourced after testlib.sh; a test may add to $T/run.sh, whose image is baked with "${workload[@]}".

cat >"$T/run.sh" <<'E2'
for test in /tests/*; do
	"$test" >/data/out || echo "FAIL $test"
	grep FAIL /data/out && echo "$test"
done
echo "programs done"

mkdir -p /data/a/b && cd /data || exit 1
for i in $(seq $FILES); do
	dd if=/dev/urandom of=a/$i bs=8k count=$i 2>/dev/null
	cp a/$i a/b/$i && ln a/$i hard$i && ln -s a/$i soft$i
	[ $((i % 4)) = 0 ] && rm a/$i && mv a/b/$i moved$i
done
sync
cat a/b/* | sort | uniq -c | wc -l >/dev/null
find . -type f | xargs md5sum | sort | sed 's/ .*//' | uniq -d | wc -l
echo "files done"

wget -q -O page "http://10.0.2.2:$PORT/page" && md5sum page
E2

# prepare_workload FILES [PROGRAM]: with so many files, and all programs but that one.
prepare_workload() {
	local files=$1 without=${2:-} source name port
	mkdir "$T/tests" "$T/www"
	for source in "$SOURCE"/tests/programs/abi/*.c; do
		name=$(basename "$source" .c)
		[ "$name" != "$without" ] || continue
		program "abi/$name"
		mv "$T/$name" "$T/tests/"
	done
	head -c 3000000 /dev/urandom >"$T/www/page"
	port=$(free_port)
	serve http python3 -m http.server -b 127.0.0.1 -d "$T/www" "$port"
	workload=(--file "$T/tests:/tests" --file "$T/run.sh:/run.sh" --env "PORT=$port"
		--env "FILES=$files" busybox --arg sh --arg /run.sh)
}

# worked WHAT PART...: by $T/out, that all parts went well.
worked() {
	local what=$1 part
	shift
	for part; do
		contains "$what: $part" "^$part done" "$T/out"
	done
	same "$what: no program fails" 0 "$(grep -c FAIL "$T/out")" "$T/out"
	contains "$what: what came by the network" "^$(md5sum <"$T/www/page" | cut -d' ' -f1)" "$T/out"
}
