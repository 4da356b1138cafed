-- Documents as they were given, so that they can be read again: once for equal bytes, in pieces, so that
-- neither side ever holds a whole file in memory. What no document refers to is gone.

CREATE TABLE originals (
  sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32)
);

CREATE TABLE original_pieces (
  sha256 bytea NOT NULL REFERENCES originals ON DELETE CASCADE,
  piece int NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (sha256, piece)
);

-- Documents are packed already, or small: trying again costs more than it saves.
ALTER TABLE original_pieces ALTER COLUMN content SET STORAGE EXTERNAL;

-- reader: the version of what read it, 0 before versions were kept. read_at: when reader, original and
-- bytes were written.
ALTER TABLE documents
  ADD COLUMN reader int NOT NULL DEFAULT 0,
  ADD COLUMN original bytea REFERENCES originals,
  ADD COLUMN bytes bigint,
  ADD COLUMN read_at timestamptz;

CREATE INDEX documents_original ON documents (original) WHERE original IS NOT NULL;

-- A server of the version before replaces a document without a word of these columns.
CREATE FUNCTION forget_original() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  NEW.reader := 0;
  NEW.original := NULL;
  NEW.bytes := NULL;
  RETURN NEW;
END
$body$;

CREATE TRIGGER documents_of_before BEFORE UPDATE ON documents FOR EACH ROW
WHEN (NEW.ingested_at <> OLD.ingested_at AND NEW.read_at IS NOT DISTINCT FROM OLD.read_at)
EXECUTE FUNCTION forget_original();

-- An original goes with the last document that refers to it. The lock waits for whoever is about to refer
-- to it; only a statement that begins after that sees whether somebody does.
CREATE FUNCTION drop_original() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM FROM originals WHERE sha256 = OLD.original FOR UPDATE;
  DELETE FROM originals WHERE sha256 = OLD.original
    AND NOT EXISTS (SELECT FROM documents WHERE original = OLD.original);
  RETURN NULL;
END
$body$;

CREATE TRIGGER documents_deleted AFTER DELETE ON documents FOR EACH ROW
WHEN (OLD.original IS NOT NULL) EXECUTE FUNCTION drop_original();

CREATE TRIGGER documents_replaced AFTER UPDATE ON documents FOR EACH ROW
WHEN (OLD.original IS NOT NULL AND OLD.original IS DISTINCT FROM NEW.original)
EXECUTE FUNCTION drop_original();

-- Which original a job reads again, by the file's place in it; that may be gone when its turn comes.
CREATE TABLE ingestion_originals (
  job uuid NOT NULL REFERENCES ingestion_jobs ON DELETE CASCADE,
  file int NOT NULL,
  sha256 bytea NOT NULL,
  PRIMARY KEY (job, file)
);
