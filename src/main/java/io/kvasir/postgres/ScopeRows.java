package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Looks a scope's documents up; fails with NOT_FOUND naming the nearest. */
  static Future<ScopeRows> find(Database database, long collection, Scope scope) {
    if (scope.isAll()) {
      return Future.succeededFuture(ALL);
    }
    Set<String> candidates = new TreeSet<>();
    for (String selector : scope.selectors()) {
      candidates.add(selector);
      candidates.add(documentOf(selector));
    }
    return database
        .query(
            "SELECT name, id FROM documents WHERE collection_id = $1 AND name = ANY($2)",
            Tuple.of(collection, candidates.toArray(String[]::new)))
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
      // A name may hold a # itself: the whole selector is tried as a name first.
      boolean whole = ids.containsKey(selector);
      String name = whole ? selector : documentOf(selector);
      Long id = ids.get(name);
      if (id == null) {
        return unknown(database, collection, name);
      }
      documents.add(id);
      headings.add(
          whole || name.length() == selector.length() ? "" : selector.substring(name.length() + 1));
    }
    return Future.succeededFuture(
        new ScopeRows(documents.toArray(Long[]::new), headings.toArray(String[]::new)));
  }

  private static Future<ScopeRows> unknown(Database database, long collection, String name) {
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
                        "the collection has no document %s; %s"
                            .formatted(name, NearestName.hint(name, names)))));
  }

  private static String documentOf(String selector) {
    int end = selector.indexOf('#');
    return end < 0 ? selector : selector.substring(0, end);
  }
}
