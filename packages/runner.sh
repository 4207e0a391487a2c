# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Tests one package; rumprun-pkg calls it, and doc/packaging.md describes what test.sh may define.
# shellcheck source=tests/lib/testlib.sh
. "$RUMPRUN_TESTLIB"
set -u

limit=60       # seconds for the first answer, or for a program to end
args=()        # the guest's arguments
options=()     # more options of rumprun
input=/dev/null # what a program that ends reads
ports=()       # the host's ports that lead to the guest's, in the package's order
directions=()
read -ra disks <<<"$PACKAGE_DISKS"
for port in $PACKAGE_PORTS; do
	host=$(free_port)
	ports+=("$host")
	directions+=(-P "$host:$port")
done
# shellcheck disable=SC2034 # for test.sh
PORT=${ports[0]-}

prepare() { :; }
[ -n "$PACKAGE_TEST" ] || { echo "FAIL a test: there is no test.sh" && exit 1; }
# shellcheck source=/dev/null
. "$PACKAGE_TEST"

# begin: start the guest in the background.
begin() {
	start "${directions[@]}" "${disks[@]}" "${options[@]}" "$PACKAGE_IMAGE" -- "${args[@]}"
}

# end: stop it; the status is its own.
end() {
	timeout -k 10 60 rumpstop "$cookie" >"$T/stopped" 2>&1
}

console() {
	cp "$(rumpstop -l --json | jq -r ".[] | select(.cookie == \"$cookie\").log")" "$T/console"
}

# beside NAME RUMPRUN-ARGUMENTS...: another guest, until the end of the test; what it says is in
# $T/NAME.log. It has no ports of the host's. On a wire() in processes, guests wait for one another.
declare -A guests=()
beside() {
	echo '{ "ports": [] }' >"$T/no-ports"
	serve "$1" rumprun "${platform[@]}" -i --config "$T/no-ports" "${@:2}"
	guests[$1]=$!
}

# ended NAME: whether that one has ended, after a few seconds.
ended() {
	timeout 5 tail --pid="${guests[$1]}" -f /dev/null
	! kill -0 "${guests[$1]}" 2>/dev/null
}

# await WHAT: until the guest answers.
await() {
	until_ok "$limit" answer && return
	console
	local logs=()
	for name in "${!guests[@]}"; do logs+=("$T/$name.log"); done
	fail "$1" "none in $limit s" "$T/until.out" "${logs[@]}" "$T/console"
	exit 1
}

# figure NAME VALUE: for the table of results.
figure() {
	echo "$1 $2" >>"$PACKAGE_RESULT"
}

now() {
	echo "${EPOCHREALTIME/./}"
}

# took: the time since the start, for the table and for measure().
took() {
	local us=$(($(now) - started))
	figure first "$(printf '%d.%02d' $((us / 1000000)) $((us / 10000 % 100)))"
	patience=$((us / 1000000))
}

# copy_disks FROM TO: the disks' files, with these suffixes.
copy_disks() {
	local word
	for word in "${disks[@]}"; do
		[ "$word" = -b ] || cp --sparse=always "${word%%,*}$1" "${word%%,*}$2"
	done
}

# renew: the guests beside it anew. A client has ended when its answer was there, and each try needs it;
# where all still run, they are servers, which a try can use as the first one did.
renew() {
	local i
	[ "$clients" = yes ] || return
	for i in "${!servers[@]}"; do
		[[ " ${guests[*]} " != *" ${servers[i]} "* ]] || unset "servers[$i]"
	done
	{
		kill -KILL "${guests[@]}"
		wait "${guests[@]}"
	} 2>/dev/null
	guests=() args=("${own_args[@]}") options=("${own_options[@]}")
	prepare
}

# doomed: whether the guest has ended, or its kernel has killed a program for want of memory.
doomed() {
	local state log
	read -r state log < <(rumpstop -l --json |
		jq -r ".[] | select(.cookie == \"$cookie\") | \"\(.state) \(.log)\"")
	[ "$state" != running ] || grep -q 'Out of memory: Killed process' "$log"
}

# sound: whether none of the guests beside it has ended with a failure.
sound() {
	local pid
	for pid in "${guests[@]}"; do
		kill -0 "$pid" 2>/dev/null || wait "$pid" || return
	done
}

# Whether it answers in time; that it will not may show earlier.
answers() {
	local end=$((SECONDS + patience))
	until answer >/dev/null 2>&1; do
		if doomed || [ $SECONDS -ge $end ]; then return 1; fi
	done
	sound && ! doomed
}

# With so much memory the first answer comes, or the program ends as it did.
enough() {
	copy_disks .fresh ""
	renew
	if declare -F answer >/dev/null; then
		cookie=$(timeout -k 10 "$patience" rumprun "${platform[@]}" "${directions[@]}" "${disks[@]}" \
			"${options[@]}" -M "$1" "$PACKAGE_IMAGE" -- "${args[@]}" 2>/dev/null) || return
		cookies+=("$cookie")
		answers
		set -- $?
		rumpstop -k "$cookie" >/dev/null 2>&1
		return "$1"
	fi
	# That it had to be killed is no news.
	{
		timeout -k 10 "$patience" rumprun "${platform[@]}" -i "${disks[@]}" "${options[@]}" -M "$1" \
			"$PACKAGE_IMAGE" -- "${args[@]}" <"$input" >"$T/out" 2>"$T/err"
	} 2>/dev/null
	[ $? = "$status" ]
}

# The smallest of these sizes that is enough, halving what lies between; the package's own was.
measure() {
	local sizes=() size low=-1 high middle pid clients=no
	for pid in "${guests[@]}"; do
		kill -0 "$pid" 2>/dev/null || clients=yes
	done
	for size in 6 8 10 12 16 20 24 32 40 48 64 80 96 128 160 192 256 384 512 768 1024; do
		[ "$size" -ge "$PACKAGE_MEMORY" ] || sizes+=("$size")
	done
	sizes+=("$PACKAGE_MEMORY")
	high=$((${#sizes[@]} - 1))
	while [ $((high - low)) -gt 1 ]; do
		middle=$(((low + high) / 2))
		if enough "${sizes[middle]}"; then high=$middle; else low=$middle; fi
	done
	figure memory "${sizes[high]}"
}

own_args=("${args[@]}") own_options=("${options[@]}") # as prepare() finds them
[ -z "$PACKAGE_MEASURE" ] || copy_disks "" .fresh
prepare
started=$(now)
if declare -F answer >/dev/null; then
	begin
	await "a first answer"
	took
	ok "a first answer"
	check
	end
	same "a clean stop" 0 $? "$T/stopped"
else
	boot "$limit" "${disks[@]}" "${options[@]}" "$PACKAGE_IMAGE" -- "${args[@]}" <"$input"
	status=$?
	took
	check
fi
# With less memory it may take longer than the first time, but not several times as long.
patience=$((patience * 3 + 10))
[ -z "$PACKAGE_MEASURE" ] || measure
