# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
publish() {
	timeout 10 mosquitto_pub -p "$PORT" "$@"
}

answer() {
	publish -t first -m hello
}

check() {
	local line heard
	exec 3< <(timeout 60 stdbuf -oL mosquitto_sub -p "$PORT" -t 'room/+' -C 3 -W 30 -d 2>&1)
	while read -r line <&3 && [[ $line != *SUBACK* ]]; do :; done
	for word in one two three; do publish -t "room/$word" -m "$word" -q 1; done
	heard=$(grep -x '[a-z]*' <&3 | paste -sd:)
	same "three messages by a wildcard" one:two:three "$heard"
	publish -t kept -m retained -r
	same "a retained message" retained \
		"$(timeout 20 mosquitto_sub -p "$PORT" -t kept -C 1 -W 10)"
}
