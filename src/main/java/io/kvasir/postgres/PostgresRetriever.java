package io.kvasir.postgres;

import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.encode.Languages;
import io.kvasir.encode.SearchForm;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hybrid retrieval in PostgreSQL. Callable from any thread. */
public final class PostgresRetriever implements Retriever {
  /** The most different words of a question that the search by words looks for. */
  public static final int MAX_WORDS = 64;

  private final Database database;
  private final CollectionTable collections;
  private final Encoders encoders;
  private final Fusion fusion;
  private final int postings;
  private final SearchTerms terms = new SearchTerms();

  /** A retriever over a migrated database. Loads a dictionary (about 0.3 s). */
  public PostgresRetriever(Database database, Encoders encoders, Fusion fusion) {
    this(database, encoders, fusion, HybridSearch.POSTINGS);
  }

  PostgresRetriever(Database database, Encoders encoders, Fusion fusion, int postings) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.encoders = encoders;
    this.fusion = fusion;
    this.postings = postings;
  }

  @Override
  public Fusion fusion() {
    return fusion;
  }

  @Override
  public Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k) {
    if (question.length() > LONGEST_TEXT) {
      return Future.failedFuture(
          new ProblemException(
              Kind.TOO_LARGE, "a question has at most %d characters".formatted(LONGEST_TEXT)));
    }
    // PostgreSQL's text has no U+0000.
    String searched = question.replace('\0', ' ').strip();
    return collections
        .named(workspace, collection)
        .compose(
            row ->
                ScopeRows.find(database, row.id(), scope)
                    .compose(chosen -> retrieve(workspace, row, chosen, searched, k)));
  }

  private Future<Retrieval> retrieve(
      Workspace workspace, CollectionRow row, ScopeRows chosen, String searched, int k) {
    Encoder encoder = encoders.named(row.collection().encoder());
    String form = SearchForm.of(searched);
    long start = System.nanoTime();
    return Future.fromCompletionStage(
            encoder.encodeQuestion(form), database.vertx().getOrCreateContext())
        .compose(
            embedding -> {
              long encoded = System.nanoTime();
              return search(row, chosen, form, embedding, k)
                  .map(
                      hits ->
                          new Retrieval(
                              searched,
                              encoder.description().name(),
                              encoder.description().relevantCosine(),
                              encoder.description().speaks(row.collection().language())
                                  && isSpoken(encoder.description(), form),
                              embedding,
                              hits,
                              milliseconds(encoded - start),
                              milliseconds(System.nanoTime() - encoded),
                              null));
            })
        .compose(
            found ->
                isByMeaning(found)
                    ? Future.succeededFuture(found)
                    : again(workspace, row, found, chosen, k));
  }

  /** Chinese is told by its script; that other languages are not English, nobody looks. */
  private static boolean isSpoken(Encoder.Description encoder, String question) {
    String language = Languages.detect(question);
    return !language.equals("zh") || encoder.speaks(language);
  }

  private static boolean isByMeaning(Retrieval retrieval) {
    return retrieval.hits().stream().anyMatch(hit -> hit.dense() != null);
  }

  /**
   * The encoder may have given way to another one since its name was read, and its vectors gone.
   */
  private Future<Retrieval> again(
      Workspace workspace, CollectionRow before, Retrieval found, ScopeRows chosen, int k) {
    return collections
        .named(workspace, before.collection().name())
        .compose(
            now ->
                now.encoding() == before.encoding()
                    ? Future.succeededFuture(found)
                    : retrieve(workspace, now, chosen, found.searched(), k));
  }

  private Future<List<Hit>> search(
      CollectionRow row, ScopeRows chosen, String searched, float[] embedding, int k) {
    String language = row.collection().language();
    Tuple values =
        Tuple.tuple()
            .addLong(row.id())
            .addArrayOfFloat(DocumentWriter.boxed(embedding))
            .addString(terms.literal(language, searched))
            .addString(terms.configuration(language))
            .addString(SearchTerms.question(searched))
            .addInteger(Math.max(fusion.candidates(), k))
            .addInteger(k)
            .addInteger(MAX_WORDS)
            .addArrayOfString(fusion.weights().keySet().toArray(String[]::new))
            .addArrayOfDouble(fusion.weights().values().toArray(Double[]::new))
            .addInteger(postings)
            .addInteger(fusion.constant())
            .addLong(row.encoding());
    chosen.addTo(values);
    return database
        .query(HybridSearch.statement(row.dimensions(), row.nearest(), !chosen.isAll()), values)
        .map(PostgresRetriever::hits);
  }

  private static List<Hit> hits(RowSet<Row> rows) {
    List<Hit> hits = new ArrayList<>(rows.size());
    for (Row row : rows) {
      hits.add(
          new Hit(
              PassageRow.passage(row),
              hits.size() + 1,
              row.getDouble(PassageRow.COUNT),
              lists(row)));
    }
    return hits;
  }

  private static Map<String, Hit.Listed> lists(Row row) {
    String[] names = row.getArrayOfStrings(PassageRow.COUNT + 1);
    Double[] scores = row.getArrayOfDoubles(PassageRow.COUNT + 2);
    Integer[] places = row.getArrayOfIntegers(PassageRow.COUNT + 3);
    Map<String, Hit.Listed> lists = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      lists.put(names[i], new Hit.Listed(scores[i], places[i]));
    }
    return lists;
  }

  private static double milliseconds(long nanoseconds) {
    return nanoseconds / 1e6;
  }
}
