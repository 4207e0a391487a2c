# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
ask() {
	curl -fsS -m 20 "http://127.0.0.1:$PORT/$1"
}

answer() {
	[ "$(ask you)" = "hello you" ]
}

check() {
	same "goroutines" 500500 "$(ask sum)"
	same "20 more over one connection" 20 "$(curl -fsS -m 60 "http://127.0.0.1:$PORT/[1-20]" | grep -c hello)"
}
