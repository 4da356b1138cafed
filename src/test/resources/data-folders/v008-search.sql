WITH question AS MATERIALIZED (
  SELECT $2::real[]::vector AS embedding,
         coalesce($3::text::tsvector, to_tsvector($4::text::regconfig, $5::text)) AS terms
), near AS MATERIALIZED (
  SELECT p.id, -(p.embedding <#> (SELECT embedding FROM question)) AS cosine
  FROM passages p
  WHERE p.collection_id = $1
  ORDER BY p.embedding{cast} <#> (SELECT embedding FROM question){cast}
  LIMIT $6
), dense AS (
  SELECT id, cosine, row_number() OVER (ORDER BY cosine DESC, id) AS place FROM near
), size AS MATERIALIZED (
  SELECT coalesce(sum(passages), 0)::float8 AS passages,
         coalesce(sum(words) / nullif(sum(passages), 0), 1)::float8 AS mean_words
  FROM documents WHERE collection_id = $1
), words AS MATERIALIZED (
  SELECT lexeme, quoted::tsquery AS query FROM (
    SELECT lexeme, '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' AS quoted
    FROM unnest((SELECT terms FROM question))
    LIMIT $8
  ) AS literals
), counted AS MATERIALIZED (
  SELECT w.query, f.passages, sum(f.passages) OVER (ORDER BY f.passages, w.lexeme) AS postings
  FROM words w, LATERAL (
    SELECT count(*) AS passages FROM passages p
    WHERE p.collection_id = $1 AND p.terms @@ w.query
  ) AS f
  WHERE f.passages > 0
), weighted AS MATERIALIZED (
  SELECT c.query, ln(1 + (s.passages - c.passages + 0.5) / (c.passages + 0.5)) AS weight,
         s.mean_words
  FROM counted c, size s
  WHERE c.postings <= $11::int OR c.postings = c.passages
), matched AS (
  -- n (k1 + 1) / (n + norm) for n occurrences, written so that they are looked up once
  SELECT p.id,
         sum(w.weight * (0.9::float8 + 1)
             * (1 - l.norm / (occurrences(p.terms, w.query) + l.norm))) AS score
  FROM weighted w
  JOIN passages p ON p.terms @@ w.query
  CROSS JOIN LATERAL (
    SELECT 0.9::float8 * (1 - 0.4::float8 + 0.4::float8 * p.words / w.mean_words) AS norm
  ) AS l
  WHERE p.collection_id = $1
  GROUP BY p.id
  ORDER BY score DESC, p.id
  LIMIT $6
), lexical AS (
  SELECT id, score, row_number() OVER (ORDER BY score DESC, id) AS place FROM matched
), fused AS (
  SELECT coalesce(d.id, l.id) AS id, d.cosine, l.score AS bm25,
         coalesce($9::float8 / ($12::int + d.place), 0)
           + coalesce($10::float8 / ($12::int + l.place), 0) AS score
  FROM dense d FULL JOIN lexical l ON l.id = d.id
)
SELECT p.id, p.document_id, d.name, d.title, p.ordinal, p.heading, p.page, p.span_start, p.span_end,
       p.key, p.value, f.score, f.cosine, f.bm25
FROM fused f
JOIN passages p ON p.collection_id = $1 AND p.id = f.id
JOIN documents d ON d.id = p.document_id
ORDER BY f.score DESC, f.cosine DESC NULLS LAST, p.id
LIMIT $7
