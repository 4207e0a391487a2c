# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=180

request() {
	timeout 30 /usr/bin/python3 - "$PORT" "$1" <<-'EOF'
		import sys, zmq
		socket = zmq.Context().socket(zmq.REQ)
		socket.setsockopt(zmq.LINGER, 0)
		socket.connect("tcp://127.0.0.1:" + sys.argv[1])
		socket.send_string(sys.argv[2])
		if not socket.poll(10000):
		    sys.exit(1)
		print(socket.recv_string())
	EOF
}

answer() {
	[ "$(request hello)" = HELLO ]
}

check() {
	same "a long message" 100000 "$(($(request "$(printf '%0100000d' 0)" | wc -c) - 1))"
}
