# SPDX-License-Identifier: GPL-2.0
# Throughput of redis and nginx as Debian ships them, with the same root everywhere, each guest with one
# CPU behind a tap interface of its own. Sourced by run.
#
# All guests run at once and are asked in turn, several times; the median counts, so that whatever else
# the host does hits all alike.

rounds=5
namespace=rumprun-bench

inside() {
	ip netns exec "$namespace" "$@"
}

# One tap interface a guest: the host is .1, the guest .2 of 10.98.N.0/24.
make_namespace() {
	local n
	ip netns add "$namespace"
	inside ip link set lo up
	for n in 0 1 2; do
		inside ip tuntap add dev tap$n mode tap
		inside ip address add 10.98.$n.1/24 dev tap$n
		inside ip link set tap$n up
	done
}

guests=()
stop_guests() {
	local guest
	for guest in "${guests[@]}"; do
		kill "$guest" 2>/dev/null || true
	done
	wait "${guests[@]}" 2>/dev/null || true
	guests=()
}

end_traffic() {
	stop_guests
	ip netns delete "$namespace" 2>/dev/null || true
}

# root_of IMAGE TREE: the root file system of an image that has it in memory, as a folder.
root_of() {
	objcopy -O binary --only-section=.rump.root --set-section-flags .rump.root=alloc,load,contents \
		"$1" "$2.erofs"
	rm -rf "$2"
	fsck.erofs --extract="$2" "$2.erofs" >/dev/null
}

# Set while instructions are counted: each guest's into a file of its own.
counting=
plugin() {
	if [ -n "$counting" ]; then
		echo "-plugin $out/count.so,out=$out/counts.$1"
	fi
}

# start_guests NAME PROGRAM [ARGUMENTS...]: the three kernels with the root of NAME.img.
start_guests() {
	local name=$1 n kernel
	shift
	ip netns exec "$namespace" rumprun qemu -i -M 256 -g "$(plugin 0)" -I net0,virtio,tap,ifname=tap0,script=no,downscript=no \
		-W net0,inet,static,10.98.0.2/24 "$out/$name.img" </dev/null >"$out/$name-0.log" 2>&1 &
	guests+=($!)
	n=0
	for kernel in "$x86" "$cloud"; do
		n=$((n + 1))
		# shellcheck disable=SC2046 # words
		ip netns exec "$namespace" qemu-system-x86_64 -accel tcg -machine "$peer_machine" -bios qboot.rom -cpu max -m 256 -no-reboot \
			-nodefaults -display none $(plugin $n) -netdev tap,id=n,ifname=tap$n,script=no,downscript=no \
			-device virtio-net-pci,netdev=n,mac=52:54:00:00:00:0$n,disable-legacy=on,romfile=,"$peer_queues" \
			-serial stdio -kernel "$kernel" -initrd "$out/$name.cpio" \
			-append "$peer_arguments -- -a 10.98.$n.2 $*" \
			</dev/null >"$out/$name-$n.log" 2>&1 &
		guests+=($!)
	done
}

# start_redis, start_nginx: all guests, until they answer.
start_redis() {
	start_guests redis /usr/bin/redis-server /etc/bench.conf
	wait_for 6379
}

start_nginx() {
	start_guests nginx /usr/sbin/nginx
	wait_for 80
}

# wait_for PORT: until all three guests take connections there; 120 seconds for each.
wait_for() {
	local n end
	for n in 0 1 2; do
		end=$((SECONDS + 120))
		until inside bash -c "exec 3<>/dev/tcp/10.98.$n.2/$1" 2>/dev/null; do
			if [ $SECONDS -gt $end ]; then
				echo "bench: guest $n does not answer on port $1; its console:" >&2
				tail "$out"/*-"$n".log >&2
				exit 1
			fi
		done
	done
}

median() {
	sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# in_turn CASE COMMAND...: COMMAND ADDRESS prints a number; its median is the case's row.
in_turn() {
	local case=$1 n r
	shift
	for ((r = 0; r < rounds; r++)); do
		for n in 0 1 2; do
			"$@" 10.98.$n.2 >>"$out/traffic.$n"
		done
	done
	n=0
	for kernel in rumprun x86 cloud; do
		row traffic "$case" $kernel "$(median <"$out/traffic.$n")"
		rm "$out/traffic.$n"
		n=$((n + 1))
	done
}

# redis_rate COMMAND PIPELINE REQUESTS ADDRESS: requests a second.
redis_rate() {
	inside timeout 120 redis-benchmark -h "$4" -t "$1" -P "$2" -n "$3" -c 50 --csv |
		awk -F '","' 'NR == 2 { print $2 }'
}

# nginx_rate ADDRESS
nginx_rate() {
	inside timeout 60 wrk -t 1 -c 20 -d 4s "http://$1/" | awk '$1 == "Requests/sec:" { print $2 }'
}

# redis_requests COMMAND THOUSANDS ADDRESS, nginx_requests SECONDS ADDRESS: how many there were.
redis_requests() {
	redis_rate "$1" 1 "$2"000 "$3" >/dev/null
	echo "$2"000
}

nginx_requests() {
	inside timeout 60 wrk -t 1 -c 20 -d "$1s" "http://$2/" | awk '$2 == "requests" { print $1 }'
}

# instructions CASE FEW MANY START COMMAND...: of a guest for each request. What boot and end take is left
# out by the difference of two runs, the second one long: how long a boot waits for its clocks differs.
# COMMAND LOAD ADDRESS makes requests, and prints their number.
instructions() {
	local case=$1 few=$2 many=$3 start=$4 load n kernel
	shift 4
	counting=yes
	for load in "$few" "$many"; do
		"$start"
		for n in 0 1 2; do
			"$@" "$load" 10.98.$n.2 >"$out/requests.$load.$n"
		done
		stop_guests
		for n in 0 1 2; do
			counted "$out/counts.$n" >"$out/counted.$load.$n"
		done
	done
	counting=
	n=0
	for kernel in rumprun x86 cloud; do
		row "traffic (instructions a request)" "$case" $kernel \
			$((($(cat "$out/counted.$many.$n") - $(cat "$out/counted.$few.$n")) /
				($(cat "$out/requests.$many.$n") - $(cat "$out/requests.$few.$n"))))
		n=$((n + 1))
	done
}

bench_traffic() {
	if [ "$(id -u)" != 0 ]; then
		echo "bench: network namespaces and tap interfaces need root: run as root, or leave" \
			"the table 'traffic' out" >&2
		exit 1
	fi
	printf '%s\n' 'save ""' 'protected-mode no' 'loglevel warning' >"$out/redis.conf"
	printf '%s\n' 'daemon off; error_log stderr;' 'events { }' \
		'http { access_log off; server { root /var/www/html; } }' >"$out/nginx.conf"
	echo '<h1>It works</h1>' >"$out/index.html"
	rumprun-bake --root-in memory --deb redis-server --file "$out/redis.conf:/etc/bench.conf" \
		hw_virtio "$out/redis.img" redis-server --arg /etc/bench.conf >/dev/null
	rumprun-bake --root-in memory --deb nginx-light --file "$out/nginx.conf:/etc/nginx/nginx.conf" \
		--file "$out/index.html:/var/www/html/index.html" hw_virtio "$out/nginx.img" nginx >/dev/null
	trap end_traffic EXIT
	make_namespace

	root_of "$out/redis.img" "$out/redis.root"
	peer_initramfs "$out/redis.cpio" "$out/redis.root" "$out"/modules/*.ko
	start_redis
	in_turn "redis GET, pipeline 1 (1/s)" redis_rate get 1 10000
	in_turn "redis SET, pipeline 1 (1/s)" redis_rate set 1 10000
	in_turn "redis GET, pipeline 16 (1/s)" redis_rate get 16 50000
	in_turn "redis SET, pipeline 16 (1/s)" redis_rate set 16 50000
	stop_guests

	root_of "$out/nginx.img" "$out/nginx.root"
	peer_initramfs "$out/nginx.cpio" "$out/nginx.root" "$out"/modules/*.ko
	start_nginx
	in_turn "nginx, a small page (1/s)" nginx_rate
	stop_guests

	instructions "redis GET" 2 60 start_redis redis_requests get
	instructions "redis SET" 2 60 start_redis redis_requests set
	instructions "nginx, a small page" 1 15 start_nginx nginx_requests
	end_traffic
	trap - EXIT
}
