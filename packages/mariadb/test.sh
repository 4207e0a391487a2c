# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=400

sql() {
	timeout 60 mariadb --protocol=tcp -h 127.0.0.1 -P "$PORT" -u tester -psecret -N -B -e "$1" shop
}

answer() {
	[ "$(sql 'SELECT 1' 2>&1)" = 1 ]
}

check() {
	sql 'CREATE TABLE goods (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20), price INT)
		ENGINE=InnoDB'
	sql "INSERT INTO goods (name, price) VALUES ('tea', 3), ('cake', 5), ('milk', 2)"
	same "a sum" "3 10" "$(sql 'SELECT COUNT(*), SUM(price) FROM goods' | tr '\t' ' ')"
	same "a transaction taken back" 3 \
		"$(sql 'START TRANSACTION; DELETE FROM goods; ROLLBACK; SELECT COUNT(*) FROM goods')"
	end
	same "a clean stop" 0 $? "$T/stopped"
	begin
	await "an answer after a new boot"
	same "the rows after a new boot" "cake milk tea" \
		"$(sql 'SELECT name FROM goods ORDER BY name' | paste -sd' ')"
}
