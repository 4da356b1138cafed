package io.kvasir.postgres;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statement that searches several lists at once and fuses them as a {@link
 * io.kvasir.retrieve.Fusion} says: what a place in each is worth, by the list's weight, added up.
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

  /** What is searched, in the order in which tables are locked. */
  private static final List<SearchList> LISTS = List.of(SearchList.LEXICAL, SearchList.DENSE);

  private static final String STATEMENT =
      """
      WITH question AS MATERIALIZED (
        SELECT $2::real[]::vector AS embedding,
               coalesce($3::text::tsvector, to_tsvector($4::text::regconfig, $5::text)) AS terms
      ), size AS MATERIALIZED (
        SELECT coalesce(sum(passages), 0)::float8 AS passages,
               coalesce(sum(words) / nullif(sum(passages), 0), 1)::float8 AS mean_words
        FROM documents WHERE collection_id = $1
      ), weights AS (
        SELECT * FROM unnest($9::text[], $10::float8[]) AS w(list, weight)
      ), {steps}, found AS (
        {places}
      ), fused AS (
        SELECT f.id, sum(w.weight * f.worth) AS score,
               max(f.score) FILTER (WHERE f.list = '{first}') AS first,
               array_agg(f.list) AS lists, array_agg(f.score) AS scores,
               array_agg(f.place::int) AS places
        FROM found f JOIN weights w ON w.list = f.list
        GROUP BY f.id
      )
      SELECT {columns}, f.score, f.lists, f.scores, f.places
      FROM fused f
      JOIN passages p ON p.collection_id = $1 AND p.id = f.id
      JOIN documents d ON d.id = p.document_id
      ORDER BY f.score DESC, f.first DESC NULLS LAST, p.id
      LIMIT $7"""
          .replace("{steps}", joined(", ", SearchList::steps))
          .replace("{places}", joined("\n  UNION ALL\n  ", SearchList::named))
          .replace("{first}", SearchList.DENSE.name())
          .replace("{columns}", PassageRow.COLUMNS);

  private static final String PASSAGES =
      "JOIN passages p ON p.collection_id = $1 AND p.id = v.passage";

  private HybridSearch() {}

  private static String joined(String separator, Function<SearchList, String> part) {
    return LISTS.stream().map(part).collect(Collectors.joining(separator));
  }

  /**
   * The statement. Its values: the collection, the question's embedding, its words as a literal or
   * null, the configuration that finds them, the question, the candidates of each list, the most
   * hits, the most words, the lists' names and their weights, the most postings, the constant of
   * the fusion, the collection's encoding, then what {@link ScopeRows#addTo} adds.
   *
   * @param nearest whether to go through the index
   */
  static String statement(int dimensions, boolean nearest, boolean scoped) {
    return STATEMENT
        .replace("{passages}", scoped ? PASSAGES : "")
        .replace("{scope}", scoped ? ScopeRows.condition(14, 15) : "")
        .replace("{cast}", nearest && !scoped ? "::halfvec(" + dimensions + ")" : "");
  }
}
