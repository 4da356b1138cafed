-- Keys and values of one head at a time as rows, for the attention of a question over all passages of a
-- collection as a statement. Copied out of memory_parts when somebody asks, and again when those changed; so
-- a crash may empty both tables, and a backup may leave them out. Servers of the version before know neither.

CREATE UNLOGGED TABLE attention_heads (
  collection_id bigint PRIMARY KEY REFERENCES collections ON DELETE CASCADE,
  decoder text NOT NULL,
  layer int NOT NULL,
  kv_head int NOT NULL,
  -- What was copied: how many entries, and the last of them.
  entries bigint NOT NULL,
  newest bigint NOT NULL
);

CREATE UNLOGGED TABLE attention_rows (
  collection_id bigint NOT NULL REFERENCES collections ON DELETE CASCADE,
  passage_id bigint NOT NULL,
  -- Its place among the passage's tokens, from 0.
  place int NOT NULL,
  token int NOT NULL,
  key halfvec NOT NULL,
  value halfvec NOT NULL
);
CREATE INDEX attention_rows_collection ON attention_rows (collection_id);
