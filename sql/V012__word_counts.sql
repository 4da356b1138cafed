-- How many passages of a collection hold each word, which a search need not count then. Triggers count in
-- the transactions that write passages, so whoever reads finds exact counts, and servers of the version
-- before, which go on meanwhile, keep them, too; only writers wait until this is through.

LOCK TABLE collections IN EXCLUSIVE MODE;
LOCK TABLE passages IN SHARE ROW EXCLUSIVE MODE;

-- A word's count is its row here and all of its changes.
CREATE TABLE word_counts (
  collection_id bigint NOT NULL,
  word text NOT NULL,
  passages bigint NOT NULL,
  PRIMARY KEY (collection_id, word)
) WITH (fillfactor = 80);

-- What was added and taken away since: writers of a collection never wait for each other over a common word.
CREATE TABLE word_count_changes (
  collection_id bigint NOT NULL,
  word text NOT NULL,
  passages bigint NOT NULL
);

CREATE INDEX word_count_changes_of_word ON word_count_changes (collection_id, word);

-- The argument says whether passages came (1) or went (-1).
CREATE FUNCTION count_words() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO word_count_changes (collection_id, word, passages)
  SELECT c.collection_id, w.word, TG_ARGV[0]::int * count(*)
  FROM changed c, unnest(tsvector_to_array(c.terms)) AS w(word)
  GROUP BY c.collection_id, w.word;
  RETURN NULL;
END
$body$;

CREATE TRIGGER words_added AFTER INSERT ON passages
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_words('1');

CREATE TRIGGER words_deleted AFTER DELETE ON passages
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_words('-1');

CREATE TRIGGER words_replaced AFTER UPDATE ON passages
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_words('-1');

CREATE TRIGGER words_replacing AFTER UPDATE ON passages
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_words('1');

-- Adds changes up, once there are as many as given, which bounds what a search reads. Nobody waits: while
-- one transaction adds up, the changes of others stay for the next one.
CREATE FUNCTION settle_word_counts(collection bigint, at_least int) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  unused text[];
BEGIN
  IF (SELECT count(*) FROM (
        SELECT FROM word_count_changes WHERE collection_id = collection LIMIT at_least) AS first) < at_least
     OR NOT pg_try_advisory_xact_lock(hashtextextended('word_counts', collection)) THEN
    RETURN;
  END IF;
  WITH gone AS (
    DELETE FROM word_count_changes WHERE collection_id = collection RETURNING word, passages
  ), settled AS (
    INSERT INTO word_counts AS known (collection_id, word, passages)
    SELECT collection, word, sum(passages) FROM gone GROUP BY word HAVING sum(passages) <> 0 ORDER BY word
    ON CONFLICT (collection_id, word) DO UPDATE SET passages = known.passages + excluded.passages
    RETURNING word, passages
  )
  SELECT array_agg(word) FROM settled WHERE passages = 0 INTO unused;
  DELETE FROM word_counts WHERE collection_id = collection AND word = ANY(unused);
END
$body$;

-- As before, and the counts, which no trigger sees go with their partition.
CREATE OR REPLACE FUNCTION drop_partition(collection bigint) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  dropped bigint[];
  encoding bigint;
BEGIN
  WITH gone AS (DELETE FROM encodings WHERE collection_id = collection RETURNING id)
  SELECT array_agg(id) FROM gone INTO dropped;
  EXECUTE format('DROP TABLE IF EXISTS passages_%s', collection);
  FOREACH encoding IN ARRAY coalesce(dropped, '{}') LOOP
    PERFORM drop_encoding(encoding);
  END LOOP;
  DELETE FROM word_count_changes WHERE collection_id = collection;
  DELETE FROM word_counts WHERE collection_id = collection;
END
$body$;

-- What there is.
DO $body$
DECLARE
  known bigint;
BEGIN
  FOR known IN SELECT id FROM collections ORDER BY id LOOP
    INSERT INTO word_counts (collection_id, word, passages)
    SELECT known, word, ndoc FROM ts_stat(format('SELECT terms FROM passages_%s', known));
  END LOOP;
END
$body$;
ANALYZE word_counts;

-- What a search needs to know of all documents, beside the documents, of which there may be many.
CREATE INDEX documents_sizes ON documents (collection_id) INCLUDE (passages, words, bytes);

-- A search by words reads the words of thousands of passages and the text of a few: their words stay in the
-- row, the text goes out of it. Here readers wait, too, and only for the end of this.
ALTER TABLE passages ALTER COLUMN terms SET STORAGE MAIN;
