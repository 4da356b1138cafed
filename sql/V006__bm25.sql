-- What BM25 needs to know of passages: how often a word occurs, and how long a passage is.

-- How many words a tsvector was made of, stop words not counted.
CREATE FUNCTION word_count(terms tsvector) RETURNS int
LANGUAGE sql IMMUTABLE AS $body$
  SELECT coalesce(sum(coalesce(cardinality(positions), 1)), 0)::int FROM unnest(terms)
$body$;

-- How often one word occurs, from 1 to 255. PostgreSQL tells nothing of a single word but its ts_rank,
-- which is 6/pi^2 times the sum of 1/i^2 for i up to that number; what the sum lacks of pi^2/6 is very
-- nearly 1/(number + 0.5). Unnesting the tsvector gives the same, several times slower.
CREATE FUNCTION occurrences(terms tsvector, word tsquery) RETURNS int
LANGUAGE sql IMMUTABLE AS $body$
  SELECT round(6 / (pi() * pi() * (1 - ts_rank('{1,1,1,1}', terms, word))) - 0.5)::int
$body$;

ALTER TABLE passages ADD COLUMN words int NOT NULL GENERATED ALWAYS AS (word_count(terms)) STORED;

-- Of all passages of a document, so that nobody has to read them for their mean.
ALTER TABLE documents ADD COLUMN words bigint NOT NULL DEFAULT 0;

UPDATE documents d SET words = (
  SELECT coalesce(sum(p.words), 0) FROM passages p WHERE p.document_id = d.id);
