package io.kvasir.postgres;

import io.kvasir.core.Hit;
import io.kvasir.retrieve.Fusion;

/**
 * One way to find passages, as a part of {@link HybridSearch}. Whatever its measure, it says what a
 * place in it is worth to the fusion, so that there can be any number of them.
 *
 * @param name by which its weight is set and its places are shown
 * @param steps common table expressions, which see {@code question} and {@code size}
 * @param places rows of {@code id, score, place, worth} of those expressions
 */
record SearchList(String name, String steps, String places) {
  /**
   * By meaning: inner product of unit vectors, so cosine. In whole collections that have an index
   * of nearest neighbours it finds the candidates and the whole vectors rank them; otherwise every
   * row of the scope is read. A scope never goes through the index, which filters after its scan
   * and would miss most of a small scope.
   */
  static final SearchList DENSE =
      new SearchList(
          Hit.DENSE,
          """
          near AS MATERIALIZED (
            SELECT v.passage AS id, -(v.embedding <#> (SELECT embedding FROM question)) AS cosine
            FROM vectors v {passages}
            WHERE v.encoding = $13 {scope}
            ORDER BY v.embedding{cast} <#> (SELECT embedding FROM question){cast}
            LIMIT $6
          ), dense AS (
            SELECT id, cosine, rank() OVER (ORDER BY cosine DESC) AS place FROM near
          )""",
          "SELECT id, cosine, place, 1 / ($12::int + place)::float8 FROM dense");

  /**
   * By words: BM25 (Robertson and Zaragoza 2009) over the passages that hold any word of the
   * question, found by the index of words. How rare a word is counts in the whole collection, also
   * when a scope is searched; {@link WordCounts} knows it. The rarest words go first; when the
   * passages that hold them are more than {@link HybridSearch#POSTINGS}, the more frequent words,
   * which say least, are left out: that bounds the time in large collections.
   */
  static final SearchList LEXICAL =
      new SearchList(
          Hit.LEXICAL,
          """
          words AS MATERIALIZED (
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
            SELECT id, score, rank() OVER (ORDER BY score DESC) AS place,
                   score / first_value(score) OVER best AS share,
                   1 - coalesce(nth_value(score, {few} + 1) OVER best, 0) / first_value(score) OVER best
                     AS lead
            FROM matched
            WINDOW best AS (
              ORDER BY score DESC, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
          )"""
              .replace("{k1}", Double.toString(HybridSearch.K1))
              .replace("{b}", Double.toString(HybridSearch.B))
              .replace("{few}", Integer.toString(Fusion.FEW)),
          "SELECT id, score, place, share * (1 + %s::float8 * lead * lead) / ($12::int + 1) FROM lexical"
              .formatted(Fusion.AHEAD));

  /** Its places under its name. */
  String named() {
    return "SELECT '%s' AS list, each.* FROM (%s) AS each(id, score, place, worth)"
        .formatted(name, places);
  }
}
