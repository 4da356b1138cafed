-- Whose collections, contrasts, jobs and keys there are. Servers of the version before know the one that
-- there is now, and do not say so.

ALTER TABLE collections
  ADD COLUMN workspace text NOT NULL DEFAULT 'default',
  DROP CONSTRAINT collections_name_key,
  ADD UNIQUE (workspace, name);

ALTER TABLE contrasts ADD COLUMN workspace text NOT NULL DEFAULT 'default';
ALTER TABLE ingestion_jobs ADD COLUMN workspace text NOT NULL DEFAULT 'default';

ALTER TABLE api_keys
  ADD COLUMN workspace text NOT NULL DEFAULT 'default',
  DROP CONSTRAINT api_keys_pkey,
  ADD PRIMARY KEY (workspace, name);

DROP INDEX contrasts_newest, contrasts_conversation, ingestion_jobs_newest;
CREATE INDEX contrasts_newest ON contrasts (workspace, created_at DESC, id);
CREATE INDEX contrasts_conversation ON contrasts (workspace, conversation, created_at);
CREATE INDEX ingestion_jobs_newest ON ingestion_jobs (workspace, created_at DESC, id);
