# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
ask() {
	curl -fsS -m 20 "http://127.0.0.1:$PORT/$1" "${@:2}"
}

answer() {
	[ "$(ask page.php?name=first)" = "hello first, 55" ]
}

check() {
	same "20 pages with their arguments" 20 "$(ask 'page.php?name=[1-20]' -w '\n' | grep -c '^hello [0-9]*, 55$')"
	contains "PHP's header" '^X-From: guest' <(ask page.php?name=third -D -)
	same "a file that nginx sends by itself" "no PHP" "$(ask plain.txt)"
	same "a page that is not there" 404 "$(ask none.php -o /dev/null -w '%{http_code}' 2>/dev/null)"
}
