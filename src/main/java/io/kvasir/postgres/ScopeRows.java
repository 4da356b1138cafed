package io.kvasir.postgres;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scope with its documents found: pairs of a document and the beginning of a heading path.
 *
 * @param documents ids; empty for the whole collection
 * @param headings of the same length
 */
record ScopeRows(Long[] documents, String[] headings) {
  static final ScopeRows ALL = new ScopeRows(new Long[0], new String[0]);

  /** Narrows passages {@code p} to the pairs given as $first and $second. */
  static String condition(int first, int second) {
    return """
        AND p.document_id = ANY($%1$d)
        AND EXISTS (SELECT FROM unnest($%1$d::bigint[], $%2$d::text[]) AS chosen(document, heading)
                    WHERE chosen.document = p.document_id AND starts_with(p.heading, chosen.heading))
        """
        .formatted(first, second);
  }

  boolean isAll() {
    return documents.length == 0;
  }

  /** Adds what {@link #condition} refers to; nothing for the whole collection. */
  void addTo(Tuple values) {
    if (!isAll()) {
      values.addArrayOfLong(documents).addArrayOfString(headings);
    }
  }

  /** Looks a scope's documents up; fails with NOT_FOUND naming the nearest. */
  static Future<ScopeRows> find(Database database, long collection, Scope scope) {
    if (scope.isAll()) {
      return Future.succeededFuture(ALL);
    }
    Set<String> candidates = new TreeSet<>();
    scope.selectors().forEach(selector -> candidates.addAll(names(selector)));
    return database
        .query(
            "SELECT name, id FROM documents WHERE collection_id = $1 AND name = ANY($2)",
            Tuple.of(collection).addArrayOfString(candidates.toArray(String[]::new)))
        .compose(
            rows -> {
              Map<String, Long> ids = new HashMap<>();
              rows.forEach(row -> ids.put(row.getString(0), row.getLong(1)));
              return of(database, collection, scope, ids);
            });
  }

  private static Future<ScopeRows> of(
      Database database, long collection, Scope scope, Map<String, Long> ids) {
    List<Long> documents = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    for (String selector : scope.selectors()) {
      Optional<String> name = names(selector).stream().filter(ids::containsKey).findFirst();
      if (name.isEmpty()) {
        return unknown(database, collection, selector);
      }
      documents.add(ids.get(name.get()));
      headings.add(selector.substring(Math.min(name.get().length() + 1, selector.length())));
    }
    return Future.succeededFuture(
        new ScopeRows(documents.toArray(Long[]::new), headings.toArray(String[]::new)));
  }

  private static Future<ScopeRows> unknown(Database database, long collection, String selector) {
    String name = names(selector).get(names(selector).size() - 1);
    return database
        .list(
            "SELECT name FROM documents WHERE collection_id = $1 ORDER BY name LIMIT 10000",
            Tuple.of(collection),
            row -> row.getString(0))
        .compose(
            names ->
                Future.failedFuture(
                    new ProblemException(
                        Kind.NOT_FOUND,
                        "the collection has no document %s%s"
                            .formatted(selector, NearestName.hint(name, names)))));
  }

  /** What could be the document's name, longest first: a name may hold a # itself. */
  private static List<String> names(String selector) {
    List<String> names = new ArrayList<>();
    for (int end = selector.length(); end > 0; end = selector.lastIndexOf('#', end - 1)) {
      names.add(selector.substring(0, end));
    }
    return names;
  }
}
