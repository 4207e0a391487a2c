# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=400

ask() {
	curl -fsS -m 60 "http://127.0.0.1:$PORT/$1"
}

answer() {
	[ "$(ask hello)" = "hello from Java 17" ]
}

check() {
	same "four threads" 1229 "$(ask primes)"
	same "an exception caught" "/ by zero" "$(ask exception)"
}
