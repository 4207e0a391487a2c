# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
page() {
	SCRIPT_FILENAME=/srv/page.php REQUEST_METHOD=GET QUERY_STRING=$1 \
		timeout 20 cgi-fcgi -bind -connect "127.0.0.1:$PORT" | tr -d '\r'
}

answer() {
	page name=first | grep -q 'hello first'
}

check() {
	same "a page with its arguments" "hello second, 55" "$(page name=second | tail -n 1)"
	contains "its header" '^X-From: guest$' <(page name=third)
}
