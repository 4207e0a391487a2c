# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=400

sql() {
	PGCONNECT_TIMEOUT=20 timeout 60 psql -h 127.0.0.1 -p "$PORT" -U postgres -qAt -c "$1" postgres
}

answer() {
	[ "$(sql 'SELECT 1' 2>&1)" = 1 ]
}

check() {
	sql 'CREATE TABLE goods (id serial PRIMARY KEY, name text, price int)'
	sql "INSERT INTO goods (name, price) VALUES ('tea', 3), ('cake', 5), ('milk', 2)"
	same "a sum" "3|10" "$(sql 'SELECT count(*), sum(price) FROM goods')"
	same "a transaction taken back" 3 \
		"$(sql 'BEGIN; DELETE FROM goods; ROLLBACK; SELECT count(*) FROM goods')"
	end
	same "a clean stop" 0 $? "$T/stopped"
	begin
	await "an answer after a new boot"
	same "the rows after a new boot" "cake milk tea" \
		"$(sql 'SELECT name FROM goods ORDER BY name' | paste -sd' ')"
}
