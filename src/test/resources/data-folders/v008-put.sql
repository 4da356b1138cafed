INSERT INTO passages
  (collection_id, ordinal, heading, page, span_start, span_end, key, value, embedding, terms,
   document_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::real[]::vector,
        coalesce($10::text::tsvector, to_tsvector($11::text::regconfig, $7::text)), $12)
