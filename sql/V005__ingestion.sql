-- Uploads that are being taken in: which server does it, how far it is, and the files until they are in
-- the library. A job whose server says nothing any more is taken over by another one.

CREATE TABLE ingestion_jobs (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  language text,
  server uuid,
  attempts int NOT NULL DEFAULT 1,
  cancelled boolean NOT NULL DEFAULT false,
  finished boolean NOT NULL DEFAULT false,
  job json NOT NULL
);

CREATE INDEX ingestion_jobs_newest ON ingestion_jobs (created_at DESC, id);
CREATE INDEX ingestion_jobs_open ON ingestion_jobs (created_at) WHERE NOT finished;

-- In pieces, so that neither side ever holds a whole file in memory.
CREATE TABLE ingestion_pieces (
  job uuid NOT NULL REFERENCES ingestion_jobs ON DELETE CASCADE,
  file int NOT NULL,
  piece int NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (job, file, piece)
);

-- Documents are packed already, or small: trying again costs more than it saves.
ALTER TABLE ingestion_pieces ALTER COLUMN content SET STORAGE EXTERNAL;
