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
