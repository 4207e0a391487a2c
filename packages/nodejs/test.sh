# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=180

ask() {
	curl -fsS -m 30 "http://127.0.0.1:$PORT/$1"
}

answer() {
	ask hello >"$T/hello"
}

check() {
	same "JSON" /hello "$(jq -r .path "$T/hello")"
	same "a worker's result" 1229 "$(ask primes | jq .primes)"
	same "a promise on a file" "from a file" "$(ask file | jq -r .text)"
}
