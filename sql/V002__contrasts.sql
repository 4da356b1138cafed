-- Contrasts with their whole trace. The trace is json, not jsonb: it is only ever read whole, comes
-- back byte for byte, and may hold what jsonb refuses (a generated U+0000). What the history shows and
-- searches are columns.

CREATE TABLE contrasts (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  status text NOT NULL,
  conversation text NOT NULL,
  question text NOT NULL,
  collection text,
  model text NOT NULL,
  trace json NOT NULL
);

CREATE INDEX contrasts_newest ON contrasts (created_at DESC, id);
CREATE INDEX contrasts_conversation ON contrasts (conversation, created_at);
