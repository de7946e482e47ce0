-- Tables, indices, triggers, views, window functions, recursion, JSON, full text, an R-tree, and a dump.
.bail on
.mode list
PRAGMA page_size = 1024;
CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, region TEXT);
CREATE TABLE sale(id INTEGER PRIMARY KEY, customer REFERENCES customer, day TEXT, amount REAL CHECK (amount >= 0));
CREATE TABLE journal(entry TEXT);
CREATE INDEX sale_day ON sale(day);
CREATE TRIGGER large AFTER INSERT ON sale WHEN new.amount > 990
BEGIN
    INSERT INTO journal VALUES (printf('%s paid %.2f', new.customer, new.amount));
END;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO customer SELECT i, printf('customer-%03d', i), substr('northsoutheast west', 1 + 5 * (i % 4), 5) FROM n;

BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO sale SELECT i, 1 + (i * 7919) % 200, date('2024-01-01', printf('+%d days', (i * 31) % 366)),
    ((i * 104729) % 100000) / 100.0 FROM n;
COMMIT;

CREATE VIEW monthly AS SELECT strftime('%m', day) AS month, count(*) AS sales, round(sum(amount), 2) AS total
    FROM sale GROUP BY month;
SELECT * FROM monthly;
SELECT count(*), min(entry), max(entry) FROM journal;

.mode column
.headers on
SELECT region, name, total, rank() OVER (PARTITION BY region ORDER BY total DESC) AS place
FROM (SELECT region, name, round(sum(amount), 2) AS total FROM sale JOIN customer ON customer.id = customer
      GROUP BY customer) ORDER BY place, region LIMIT 8;

EXPLAIN QUERY PLAN SELECT * FROM sale WHERE day BETWEEN '2024-03-01' AND '2024-03-03' ORDER BY amount;

.mode csv
.headers off
SELECT json_group_array(json_object('region', region, 'customers', n)) FROM
    (SELECT region, count(*) AS n FROM customer GROUP BY region);
SELECT key, value FROM json_each('{"a":1,"b":[1,2,{"c":null}]}') ORDER BY key;

CREATE VIRTUAL TABLE document USING fts5(title, body);
INSERT INTO document VALUES ('first', 'the quick brown fox'), ('second', 'a lazy dog sleeps'), ('third', 'quick dogs run');
SELECT title, highlight(document, 1, '[', ']') FROM document WHERE document MATCH 'quick OR dog*' ORDER BY rank;

CREATE VIRTUAL TABLE place USING rtree(id, minx, maxx, miny, maxy);
INSERT INTO place VALUES (1, 0, 1, 0, 1), (2, 5, 6, 5, 6), (3, 0.5, 7, 0.5, 7);
SELECT id FROM place WHERE minx <= 1 AND maxx >= 0.5 AND miny <= 1 ORDER BY id;

UPDATE sale SET amount = amount * 2 WHERE id % 10 = 0;
DELETE FROM sale WHERE id % 3 = 0;
SAVEPOINT attempt;
DELETE FROM sale;
ROLLBACK TO attempt;
RELEASE attempt;
SELECT count(*), round(sum(amount), 2), hex(quote(max(day))) FROM sale;
VACUUM;
PRAGMA integrity_check;
SELECT sin(1), exp(1), 1 / 3.0, 9223372036854775807 + 1, typeof(1 << 62), 'ä' || upper('é') || unicode('€');
.dump customer
