-- The servers that share this database. Each says every few seconds that it lives; a contrast that
-- runs on a server that says nothing any more is ended by another one, or by the next to start.

CREATE TABLE servers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE contrasts ADD COLUMN server uuid;

CREATE INDEX contrasts_running ON contrasts (created_at) WHERE status = 'running';
