-- What contrasts do not say of their conversation: a title that somebody gave it, and where it branched off
-- from another one. Most have neither and no row. Servers of the version before know nothing of them: they
-- ask a branch without what was said before it.

CREATE TABLE conversations (
  workspace text NOT NULL DEFAULT 'default',
  id text NOT NULL,
  title text,
  -- It goes on where that one was before that time.
  branched_from text,
  branched_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace, id),
  CHECK ((branched_from IS NULL) = (branched_at IS NULL))
);
