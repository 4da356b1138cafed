-- Keys and values of single passages beside those of whole prompts: rows of the tokens from "first" on, that
-- were read behind the others. They go with their passage. All of it can be computed anew, like V016's.

ALTER TABLE memory_entries
  ADD COLUMN first int NOT NULL DEFAULT 0,
  ADD COLUMN precision text NOT NULL DEFAULT 'float32',
  ADD COLUMN passage_id bigint;
CREATE INDEX memory_entries_passage ON memory_entries (collection_id, passage_id);

CREATE FUNCTION forget_passages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM memory_entries e USING gone g
  WHERE e.collection_id = g.collection_id AND e.passage_id = g.id;
  RETURN NULL;
END $$;
CREATE TRIGGER passages_forgotten AFTER DELETE ON passages
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_passages();

-- Whether a job reads the passages of its collection with a decoder and keeps their rows; its one file is
-- called like the decoder.
ALTER TABLE ingestion_jobs ADD COLUMN remembers boolean NOT NULL DEFAULT false;
