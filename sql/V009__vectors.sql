-- Vectors of passages, apart from the passages: one for each encoder of a collection. Every pair of a
-- collection and an encoder has a partition of its own, with its own number of dimensions, so that no
-- index is filtered after its scan. Servers of the version before go on meanwhile: only writers wait
-- until this is through, and what they still read and write is at the end.

LOCK TABLE collections IN EXCLUSIVE MODE;
LOCK TABLE passages IN SHARE ROW EXCLUSIVE MODE;

-- The encoders of collections. Questions go to the one that collections.encoder names; another one is
-- there while passages are being encoded with it.
CREATE TABLE encodings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  collection_id bigint NOT NULL REFERENCES collections ON DELETE CASCADE,
  encoder text NOT NULL,
  dimensions int NOT NULL CHECK (dimensions BETWEEN 1 AND 4000),
  UNIQUE (collection_id, encoder)
);

-- The embedding has no dimensions here; each partition checks its own and its index is typed.
CREATE TABLE vectors (
  encoding bigint NOT NULL,
  passage bigint NOT NULL,
  embedding vector NOT NULL,
  PRIMARY KEY (encoding, passage)
) PARTITION BY LIST (encoding);

-- A pair of a collection and an encoder with its partition, made if it is not there; gives its id.
CREATE FUNCTION add_encoding(of_collection bigint, by_encoder text, of_dimensions int) RETURNS bigint
LANGUAGE plpgsql AS $body$
DECLARE
  made bigint;
BEGIN
  INSERT INTO encodings (collection_id, encoder, dimensions)
  VALUES (of_collection, by_encoder, of_dimensions)
  ON CONFLICT DO NOTHING RETURNING id INTO made;
  IF made IS NULL THEN
    RETURN (SELECT id FROM encodings WHERE collection_id = of_collection AND encoder = by_encoder);
  END IF;
  EXECUTE format(
    'CREATE TABLE vectors_%s PARTITION OF vectors (CHECK (vector_dims(embedding) = %s)) FOR VALUES IN (%s)',
    made, of_dimensions, made);
  RETURN made;
END
$body$;

-- Vectors go with their partition, without a delete row by row.
CREATE FUNCTION drop_encoding(encoding bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  DELETE FROM encodings WHERE id = encoding;
  EXECUTE format('DROP TABLE IF EXISTS vectors_%s', encoding);
END
$body$;

-- Whether a pair has its index of nearest neighbours.
CREATE FUNCTION has_vector_index(encoding bigint) RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT coalesce(
    (SELECT i.indisvalid FROM pg_index i
     WHERE i.indexrelid = to_regclass(format('vectors_%s_nearest', encoding))),
    false)
$body$;

-- The index of nearest neighbours, as add_nearest made it for the version before.
CREATE FUNCTION add_vector_index(encoding bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format(
    'CREATE INDEX IF NOT EXISTS vectors_%s_nearest ON vectors_%s
     USING hnsw ((embedding::halfvec(%s)) halfvec_ip_ops) WITH (m = 16, ef_construction = 64)',
    encoding, encoding, (SELECT dimensions FROM encodings WHERE id = encoding));
END
$body$;

-- What there is. The indexes, which take ten times as long, servers make while they answer already.
DO $body$
DECLARE
  known record;
  made bigint;
BEGIN
  FOR known IN SELECT id, encoder, dimensions FROM collections ORDER BY id LOOP
    made := add_encoding(known.id, known.encoder, known.dimensions);
    EXECUTE format(
      'INSERT INTO vectors_%s (encoding, passage, embedding)
       SELECT %s, id, embedding FROM passages_%s ORDER BY id',
      made, made, known.id);
  END LOOP;
END
$body$;

-- Vectors go with their passages, also where those go with a document.
CREATE FUNCTION drop_vectors() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
  encoding bigint;
BEGIN
  FOR encoding IN
    SELECT e.id FROM encodings e WHERE e.collection_id IN (SELECT g.collection_id FROM gone g)
  LOOP
    EXECUTE format('DELETE FROM vectors_%s v USING gone g WHERE v.passage = g.id', encoding);
  END LOOP;
  RETURN NULL;
END
$body$;

CREATE TRIGGER passages_deleted AFTER DELETE ON passages
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_vectors();

-- A new collection's partition of passages and its first pair.
CREATE OR REPLACE FUNCTION add_partition(collection bigint, dimensions int) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format(
    'CREATE TABLE passages_%s PARTITION OF passages (CHECK (vector_dims(embedding) = %s)) FOR VALUES IN (%s)',
    collection, dimensions, collection);
  PERFORM add_encoding(collection, (SELECT encoder FROM collections WHERE id = collection), dimensions);
END
$body$;

-- Whoever needs several of these locks takes them in this order: collections, encodings, passages, vectors.
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
END
$body$;

-- Servers of the version before search and fill passages.embedding. It is filled for as long as one of
-- them lives; what they put in goes into the table of vectors, too.
CREATE FUNCTION add_vector() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO vectors (encoding, passage, embedding)
  SELECT e.id, NEW.id, NEW.embedding
  FROM collections c JOIN encodings e ON e.collection_id = c.id AND e.encoder = c.encoder
  WHERE c.id = NEW.collection_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$body$;

CREATE TRIGGER passages_of_before AFTER INSERT ON passages FOR EACH ROW
WHEN (NEW.embedding IS NOT NULL) EXECUTE FUNCTION add_vector();

-- From here on readers wait, too, and only for the end of this.
ALTER TABLE passages ALTER COLUMN embedding DROP NOT NULL;

-- Of a job that reads no files but encodes the passages of its collection again: with which encoder. Of
-- one that reads files: which encoder a new collection gets; null for that of its language.
ALTER TABLE ingestion_jobs
  ADD COLUMN encodes boolean NOT NULL DEFAULT false,
  ADD COLUMN encoder text;

-- The last migration that a server knows; those of the version before say nothing.
ALTER TABLE servers ADD COLUMN knows text NOT NULL DEFAULT '';
