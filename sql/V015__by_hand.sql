-- What people do by hand: passages corrected or left out, conversations named and branched off, titles of
-- collections.

-- What people call a collection; null where that is its name. Servers of the version before show the name.
-- First of all, since whoever writes documents locks collections before them.

ALTER TABLE collections ADD COLUMN title text;

-- Passages that somebody corrected or left out by hand. A correction goes to the passage that has the same
-- text in the document, whenever that is read again; one whose text is not there any more is kept. What is
-- left out is no row of passages, so that nobody finds it: servers of the version before neither. Those put
-- a document in without its corrections; whether one is in effect is therefore told by the passages.

CREATE TABLE passage_corrections (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
  -- The passage's text in the document, and which of those with the same text it is, from 0.
  source text NOT NULL,
  occurrence int NOT NULL,
  -- What it says instead; null if it is left out.
  corrected text,
  corrected_at timestamptz NOT NULL DEFAULT now(),
  applied boolean NOT NULL DEFAULT true,
  -- The passage that says it; null if there is none.
  passage bigint,
  -- The passage as it was without.
  ordinal int NOT NULL,
  heading text NOT NULL,
  page int,
  span_start int NOT NULL,
  span_end int NOT NULL,
  key text NOT NULL,
  value text NOT NULL
);

CREATE INDEX passage_corrections_of_document ON passage_corrections (document_id);
CREATE INDEX passage_corrections_of_passage ON passage_corrections (passage) WHERE passage IS NOT NULL;

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
