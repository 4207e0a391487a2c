# SPDX-License-Identifier: GPL-2.0
# vsock: streams to the host, whose end is a program of the test's as few hosts have vhost_vsock, and
# streams within the guest.
. "$(dirname "$0")/../lib/testlib.sh"

head -c 1M /dev/urandom >"$T/file"
cat >"$T/use" <<'SH'
for i in 1 2 3; do
	echo "host $(/usr/bin/socat -b 200 -t 30 - VSOCK-CONNECT:2:$i <file | md5sum)" &
done
wait
/usr/bin/socat VSOCK-LISTEN:4000 EXEC:'/bin/busybox md5sum' &
until within=$(/usr/bin/socat -t 30 - VSOCK-CONNECT:1:4000 <file 2>/dev/null); do usleep 20000; done
echo "within $within"
SH
bake "$T/vsock.img" hw_virtio -m 'add vsock' --deb socat --file "$T/use:/use" --file "$T/file:/file" \
	/bin/busybox --arg sh --arg /use
serve vsockd python3 "$SOURCE/tests/programs/vsockd.py" "$T/vsock" 42
until_ok 20 test -S "$T/vsock" || fail "vsockd.py" "does not listen" "$T/vsockd.log"

boot 60 -v -M 64 -g "-object memory-backend-memfd,id=shared,size=64M,share=on -machine memory-backend=shared
	-chardev socket,id=vsock,path=$T/vsock -device vhost-user-vsock-pci,chardev=vsock" \
	"$T/vsock.img" </dev/null
status=$?
until_ok 10 grep 'wait for buffers' "$T/vsockd.log"
same "status" 0 $status "$T/out" "$T/err" "$T/vsockd.log"
sum=$(md5sum <"$T/file")
same "three streams to the host and back" 3 "$(grep -c "^host $sum" "$T/out")" "$T/out" "$T/vsockd.log"
contains "a stream within the guest" "^within $sum" "$T/out"
