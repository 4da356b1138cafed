-- Which files of ingestion jobs are being read: over how many servers that ended since the file last
-- came further, and how many of its passages were encoded at the most. A row goes when its file is over.

CREATE TABLE ingestion_readings (
  job uuid NOT NULL REFERENCES ingestion_jobs ON DELETE CASCADE,
  file int NOT NULL,
  attempts int NOT NULL DEFAULT 1,
  passages int NOT NULL DEFAULT 0,
  PRIMARY KEY (job, file)
);

-- What was assumed when files were read, by their places in the job; beside the column job, which servers
-- of the version before read too. These also count in attempts, which nobody else does any more.
ALTER TABLE ingestion_jobs ADD COLUMN notes json NOT NULL DEFAULT '{}';
