-- Inserts, an index, joins, groups, windows and text, as reports have them.
CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT, region INTEGER);
CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER, amount REAL, note TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
INSERT INTO customers SELECT i, 'customer ' || (i * 7919 % 5003), i % 13 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)
INSERT INTO orders SELECT i, 1 + i * 31 % 5000, (i * 37 % 1000) / 8.0, printf('order %06d of %s', i, hex(i * 97)) FROM n;
CREATE INDEX by_customer ON orders(customer, amount);
SELECT region, count(*), sum(amount), max(name) FROM customers JOIN orders ON customer = customers.id GROUP BY region;
SELECT count(*), sum(length(note)) FROM orders WHERE note LIKE '%99%';
SELECT sum(rank * amount) FROM (SELECT amount, rank() OVER (PARTITION BY customer ORDER BY amount) AS rank FROM orders);
SELECT customer, total(amount) AS t FROM orders GROUP BY customer ORDER BY t DESC, customer LIMIT 5;
UPDATE orders SET amount = amount + 1 WHERE customer % 3 = 0;
DELETE FROM orders WHERE id % 5 = 0;
SELECT count(DISTINCT substr(note, 1, 10)), sum(amount) FROM orders;
