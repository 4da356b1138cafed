-- What of a collection's passages goes into a prompt. Servers of the version before write them as they stand.

ALTER TABLE collections
  ADD COLUMN value_kind text NOT NULL DEFAULT 'raw' CHECK (value_kind IN ('raw', 'summary', 'fields'));

ALTER TABLE ingestion_jobs ADD COLUMN value_kind text;
