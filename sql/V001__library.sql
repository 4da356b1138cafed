-- Collections, documents and passages. Every collection has a partition of passages of its own, with
-- its own number of dimensions, so that an index is never filtered after the scan.

CREATE TABLE collections (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  language text NOT NULL,
  encoder text NOT NULL,
  dimensions int NOT NULL CHECK (dimensions BETWEEN 1 AND 4000),
  examples json NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  collection_id bigint NOT NULL REFERENCES collections ON DELETE CASCADE,
  name text NOT NULL,
  title text NOT NULL,
  media_type text NOT NULL,
  pages int,
  characters int NOT NULL,
  passages int NOT NULL,
  body text NOT NULL,
  ingested_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (collection_id, name)
);

CREATE SEQUENCE passage_ids;

-- key: what is searched (terms and embedding are made from it). value: what goes into a prompt.
-- The embedding has no dimensions here; each partition checks its own and its index is typed.
CREATE TABLE passages (
  id bigint NOT NULL DEFAULT nextval('passage_ids'),
  collection_id bigint NOT NULL,
  document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
  ordinal int NOT NULL,
  heading text NOT NULL,
  page int,
  span_start int NOT NULL,
  span_end int NOT NULL,
  key text NOT NULL,
  value text NOT NULL,
  terms tsvector NOT NULL,
  embedding vector NOT NULL,
  PRIMARY KEY (collection_id, id)
) PARTITION BY LIST (collection_id);

CREATE INDEX passages_in_order ON passages (document_id, ordinal);
CREATE INDEX passages_terms ON passages USING gin (terms);

-- A new collection's partition.
CREATE FUNCTION add_partition(collection bigint, dimensions int) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format(
    'CREATE TABLE passages_%s PARTITION OF passages (CHECK (vector_dims(embedding) = %s)) FOR VALUES IN (%s)',
    collection, dimensions, collection);
END
$body$;

-- Everything a collection holds goes with its partition, without a delete row by row.
CREATE FUNCTION drop_partition(collection bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format('DROP TABLE IF EXISTS passages_%s', collection);
END
$body$;

-- Whether a collection's partition has its index of nearest neighbours.
CREATE FUNCTION has_nearest(collection bigint) RETURNS boolean
LANGUAGE sql STABLE AS $body$
  SELECT coalesce(
    (SELECT i.indisvalid FROM pg_index i
     WHERE i.indexrelid = to_regclass(format('passages_%s_nearest', collection))),
    false)
$body$;

-- The index of nearest neighbours, for partitions where reading every row takes too long. Half
-- precision halves it; whoever searches it ranks what it finds again with the whole vectors.
CREATE FUNCTION add_nearest(collection bigint, dimensions int) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format(
    'CREATE INDEX IF NOT EXISTS passages_%s_nearest ON passages_%s
     USING hnsw ((embedding::halfvec(%s)) halfvec_ip_ops) WITH (m = 16, ef_construction = 64)',
    collection, collection, dimensions);
END
$body$;
