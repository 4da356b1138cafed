-- Questions that somebody marked at contrasts, with what should have been answered and from which passages.
-- The id follows from the question's text. Servers of the version before know nothing of them.

CREATE TABLE marked_questions (
  workspace text NOT NULL DEFAULT 'default',
  id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  marked json NOT NULL,
  PRIMARY KEY (workspace, id)
);
