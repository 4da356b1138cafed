package io.kvasir.postgres;

/**
 * The statement that searches by meaning and by words at once and fuses both by reciprocal rank.
 *
 * <p>By meaning: inner product of unit vectors, so cosine. In whole collections that have an index
 * of nearest neighbours it finds the candidates and the whole vectors rank them; otherwise every
 * row of the scope is read. A scope never goes through the index, which filters after its scan and
 * would miss most of a small scope.
 *
 * <p>By words: any word of the question, each weighted by how rare it is in the collection, as in
 * BM25; ts_rank with normalization 1 takes the place of BM25's term frequency (it grows ever slower
 * with every occurrence, and shrinks with the logarithm of the passage's length).
 */
final class HybridSearch {
  /** Softens the difference between the first ranks; the value of the paper that proposed RRF. */
  static final int RANK_CONSTANT = 60;

  private static final String STATEMENT =
      """
      WITH question AS MATERIALIZED (
        SELECT $2::real[]::vector AS embedding,
               coalesce($3::text::tsvector, to_tsvector($4::text::regconfig, $5::text)) AS terms
      ), near AS MATERIALIZED (
        SELECT p.id, -(p.embedding <#> (SELECT embedding FROM question)) AS cosine
        FROM passages p
        WHERE p.collection_id = $1 {scope}
        ORDER BY p.embedding{cast} <#> (SELECT embedding FROM question){cast}
        LIMIT $6
      ), dense AS (
        SELECT id, cosine, row_number() OVER (ORDER BY cosine DESC, id) AS place FROM near
      ), size AS MATERIALIZED (
        SELECT coalesce(sum(passages), 0)::float8 AS passages FROM documents WHERE collection_id = $1
      ), words AS MATERIALIZED (
        SELECT lexeme, quoted::tsquery AS query FROM (
          SELECT lexeme, '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''' AS quoted
          FROM unnest((SELECT terms FROM question))
          LIMIT $8
        ) AS literals
      ), weighted AS MATERIALIZED (
        SELECT w.query, ln(1 + (s.passages - f.passages + 0.5) / (f.passages + 0.5)) AS weight
        FROM words w, size s, LATERAL (
          SELECT count(*) AS passages FROM passages p
          WHERE p.collection_id = $1 AND p.terms @@ w.query
        ) AS f
        WHERE f.passages > 0
      ), matched AS (
        SELECT p.id, sum(w.weight * ts_rank(p.terms, w.query, 1)) AS rank
        FROM weighted w JOIN passages p ON p.terms @@ w.query
        WHERE p.collection_id = $1 {scope}
        GROUP BY p.id
        ORDER BY rank DESC, p.id
        LIMIT $6
      ), lexical AS (
        SELECT id, rank, row_number() OVER (ORDER BY rank DESC, id) AS place FROM matched
      ), fused AS (
        SELECT coalesce(d.id, l.id) AS id, d.cosine, l.rank,
               coalesce(1.0::float8 / ({constant} + d.place), 0)
                 + coalesce($9::float8 / ({constant} + l.place), 0) AS score
        FROM dense d FULL JOIN lexical l ON l.id = d.id
      )
      SELECT {columns}, f.score, f.cosine, f.rank::float8
      FROM fused f
      JOIN passages p ON p.collection_id = $1 AND p.id = f.id
      JOIN documents d ON d.id = p.document_id
      ORDER BY f.score DESC, f.cosine DESC NULLS LAST, p.id
      LIMIT $7""";

  private HybridSearch() {}

  /**
   * The statement. Its values: the collection, the question's embedding, its words as a literal or
   * null, the configuration that finds them, the question, the candidates of each search, the most
   * hits, the most words, the weight of the search by words, then what {@link ScopeRows#addTo}
   * adds.
   *
   * @param nearest whether to go through the index
   */
  static String statement(int dimensions, boolean nearest, boolean scoped) {
    return STATEMENT
        .replace("{scope}", scoped ? ScopeRows.condition(10, 11) : "")
        .replace("{cast}", nearest && !scoped ? "::halfvec(" + dimensions + ")" : "")
        .replace("{constant}", Integer.toString(RANK_CONSTANT))
        .replace("{columns}", PassageRow.COLUMNS);
  }
}
