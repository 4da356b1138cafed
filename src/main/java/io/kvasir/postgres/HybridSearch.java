package io.kvasir.postgres;

import io.kvasir.retrieve.Fusion;

/**
 * The statement that searches by meaning and by words at once and fuses both as a {@link Fusion}
 * says: by the place by meaning, where equals share one, and by the score by words.
 *
 * <p>By meaning: inner product of unit vectors, so cosine. In whole collections that have an index
 * of nearest neighbours it finds the candidates and the whole vectors rank them; otherwise every
 * row of the scope is read. A scope never goes through the index, which filters after its scan and
 * would miss most of a small scope.
 *
 * <p>By words: BM25 (Robertson and Zaragoza 2009) over the passages that hold any word of the
 * question, found by the index of words. How rare a word is counts in the whole collection, also
 * when a scope is searched; {@link WordCounts} knows it. The rarest words go first; when the
 * passages that hold them are more than {@link #POSTINGS}, the more frequent words, which say
 * least, are left out: that bounds the time in large collections.
 *
 * <p>Passages come before vectors, since their tables are locked in the order in which they stand
 * here, and whoever drops a collection locks them in that order.
 */
final class HybridSearch {
  /** How soon further occurrences of a word count less; the value usual for short passages. */
  static final double K1 = 0.9;

  /** How much a passage's length counts against it; usual for short passages too. */
  static final double B = 0.4;

  /**
   * The most pairs of a word and a passage that holds it that are scored beyond the rarest word.
   */
  static final int POSTINGS = 10_000;

  private static final String STATEMENT =
      """
      WITH question AS MATERIALIZED (
        SELECT $2::real[]::vector AS embedding,
               coalesce($3::text::tsvector, to_tsvector($4::text::regconfig, $5::text)) AS terms
      ), size AS MATERIALIZED (
        SELECT coalesce(sum(passages), 0)::float8 AS passages,
               coalesce(sum(words) / nullif(sum(passages), 0), 1)::float8 AS mean_words
        FROM documents WHERE collection_id = $1
      ), words AS MATERIALIZED (
        SELECT lexeme, quoted::tsquery AS query FROM (
          SELECT lexeme, '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''' AS quoted
          FROM unnest((SELECT terms FROM question))
          LIMIT $8
        ) AS literals
      ), counted AS MATERIALIZED (
        SELECT w.query, f.passages, sum(f.passages) OVER (ORDER BY f.passages, w.lexeme) AS postings
        FROM words w, LATERAL (
          SELECT coalesce(sum(passages), 0)::bigint AS passages FROM (
            SELECT c.passages FROM word_counts c
            WHERE c.collection_id = $1 AND c.word = w.lexeme
            UNION ALL
            SELECT c.passages FROM word_count_changes c
            WHERE c.collection_id = $1 AND c.word = w.lexeme
          ) AS counts
        ) AS f
        WHERE f.passages > 0
      ), near AS MATERIALIZED (
        SELECT v.passage AS id, -(v.embedding <#> (SELECT embedding FROM question)) AS cosine
        FROM vectors v {passages}
        WHERE v.encoding = $13 {scope}
        ORDER BY v.embedding{cast} <#> (SELECT embedding FROM question){cast}
        LIMIT $6
      ), dense AS (
        SELECT id, cosine, rank() OVER (ORDER BY cosine DESC) AS place FROM near
      ), weighted AS MATERIALIZED (
        SELECT c.query, ln(1 + (s.passages - c.passages + 0.5) / (c.passages + 0.5)) AS weight,
               s.mean_words
        FROM counted c, size s
        WHERE c.postings <= $11::int OR c.postings = c.passages
      ), matched AS (
        -- n (k1 + 1) / (n + norm) for n occurrences, written so that they are looked up once
        SELECT p.id,
               sum(w.weight * ({k1}::float8 + 1)
                   * (1 - l.norm / (occurrences(p.terms, w.query) + l.norm))) AS score
        FROM weighted w
        JOIN passages p ON p.terms @@ w.query
        CROSS JOIN LATERAL (
          SELECT {k1}::float8 * (1 - {b}::float8 + {b}::float8 * p.words / w.mean_words) AS norm
        ) AS l
        WHERE p.collection_id = $1 {scope}
        GROUP BY p.id
        ORDER BY score DESC, p.id
        LIMIT $6
      ), lexical AS (
        SELECT id, score, score / first_value(score) OVER best AS share,
               1 - coalesce(nth_value(score, {few} + 1) OVER best, 0) / first_value(score) OVER best
                 AS lead
        FROM matched
        WINDOW best AS (
          ORDER BY score DESC, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
      ), fused AS (
        SELECT coalesce(d.id, l.id) AS id, d.cosine, l.score AS bm25,
               coalesce($9::float8 / ($12::int + d.place), 0)
                 + coalesce(
                     $10::float8 * l.share * (1 + {ahead}::float8 * l.lead * l.lead) / ($12::int + 1),
                     0) AS score
        FROM dense d FULL JOIN lexical l ON l.id = d.id
      )
      SELECT {columns}, f.score, f.cosine, f.bm25
      FROM fused f
      JOIN passages p ON p.collection_id = $1 AND p.id = f.id
      JOIN documents d ON d.id = p.document_id
      ORDER BY f.score DESC, f.cosine DESC NULLS LAST, p.id
      LIMIT $7""";

  private static final String PASSAGES =
      "JOIN passages p ON p.collection_id = $1 AND p.id = v.passage";

  private HybridSearch() {}

  /**
   * The statement. Its values: the collection, the question's embedding, its words as a literal or
   * null, the configuration that finds them, the question, the candidates of each search, the most
   * hits, the most words, the weights of the search by meaning and of that by words, the most
   * postings, the constant of the fusion, the collection's encoding, then what {@link
   * ScopeRows#addTo} adds.
   *
   * @param nearest whether to go through the index
   */
  static String statement(int dimensions, boolean nearest, boolean scoped) {
    return STATEMENT
        .replace("{passages}", scoped ? PASSAGES : "")
        .replace("{scope}", scoped ? ScopeRows.condition(14, 15) : "")
        .replace("{cast}", nearest && !scoped ? "::halfvec(" + dimensions + ")" : "")
        .replace("{k1}", Double.toString(K1))
        .replace("{b}", Double.toString(B))
        .replace("{few}", Integer.toString(Fusion.FEW))
        .replace("{ahead}", Double.toString(Fusion.AHEAD))
        .replace("{columns}", PassageRow.COLUMNS);
  }
}
