PRAGMA journal_mode = WAL;
CREATE TABLE numbers (n INTEGER PRIMARY KEY, word TEXT);
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 10000)
	INSERT INTO numbers SELECT n, 'word ' || n FROM count;
SELECT 'sum', sum(n) FROM numbers;
BEGIN;
DELETE FROM numbers WHERE n > 10;
ROLLBACK;
SELECT 'after a rollback', count(*) FROM numbers WHERE word LIKE 'word 99%';
PRAGMA wal_checkpoint(TRUNCATE);
PRAGMA integrity_check;
