-- Experiments: labelled questions, the ways in which each is asked, and what came of it. Whatever a server
-- does not finish another one goes on with. Servers of the version before know nothing of them.

CREATE TABLE experiments (
  id uuid PRIMARY KEY,
  workspace text NOT NULL DEFAULT 'default',
  created_at timestamptz NOT NULL DEFAULT now(),
  server uuid,
  cancelled boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'waiting',
  message text,
  total int NOT NULL,
  plan json NOT NULL
);

CREATE INDEX experiments_newest ON experiments (workspace, created_at DESC, id);
CREATE INDEX experiments_open ON experiments (created_at) WHERE state IN ('waiting', 'running');

-- What is asked over; kept for a collection that is to be made again.
CREATE TABLE experiment_documents (
  experiment uuid NOT NULL REFERENCES experiments ON DELETE CASCADE,
  place int NOT NULL,
  document json NOT NULL,
  PRIMARY KEY (experiment, place)
);

CREATE TABLE experiment_questions (
  experiment uuid NOT NULL REFERENCES experiments ON DELETE CASCADE,
  place int NOT NULL,
  question json NOT NULL,
  PRIMARY KEY (experiment, place)
);

-- One for each question and row of the table, so that none is asked twice.
CREATE TABLE experiment_results (
  experiment uuid NOT NULL REFERENCES experiments ON DELETE CASCADE,
  question int NOT NULL,
  place int NOT NULL,
  done_at timestamptz NOT NULL DEFAULT now(),
  result json NOT NULL,
  PRIMARY KEY (experiment, question, place)
);

ALTER TABLE contrasts ADD COLUMN experiment uuid REFERENCES experiments ON DELETE CASCADE;
CREATE INDEX contrasts_experiment ON contrasts (experiment) WHERE experiment IS NOT NULL;
