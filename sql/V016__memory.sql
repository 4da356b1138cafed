-- Keys and values that a decoder computed for the beginning of a prompt, so that nobody computes them
-- again. All of it can be computed anew: a backup may leave out the three tables. Servers of the version
-- before do not know them; what they delete takes its rows with it.

ALTER TABLE collections ADD COLUMN memory boolean NOT NULL DEFAULT false;

CREATE TABLE memory_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  collection_id bigint NOT NULL REFERENCES collections ON DELETE CASCADE,
  decoder text NOT NULL,
  ids_hash bytea NOT NULL,
  ids int[] NOT NULL,
  parts int NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (collection_id, decoder, ids_hash)
);
CREATE INDEX memory_entries_used ON memory_entries (used_at);

CREATE TABLE memory_parts (
  entry_id bigint NOT NULL REFERENCES memory_entries ON DELETE CASCADE,
  part int NOT NULL,
  checksum bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (entry_id, part)
);
-- Numbers that look like noise: compressing them takes time and saves nothing.
ALTER TABLE memory_parts ALTER COLUMN content SET STORAGE EXTERNAL;

-- An entry goes with the first of its documents.
CREATE TABLE memory_documents (
  entry_id bigint NOT NULL REFERENCES memory_entries ON DELETE CASCADE,
  document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (entry_id, document_id)
);
CREATE INDEX memory_documents_document ON memory_documents (document_id);

CREATE FUNCTION forget_memory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM memory_entries WHERE id = OLD.entry_id;
  RETURN NULL;
END $$;
CREATE TRIGGER memory_documents_gone AFTER DELETE ON memory_documents
  FOR EACH ROW EXECUTE FUNCTION forget_memory();
