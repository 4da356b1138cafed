package io.kvasir.bench;

import io.kvasir.config.Settings;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Languages;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SectionQuestions;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.postgres.PostgresLibrary;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A collection whose headings are questions, as labelled questions: each section answers its own.
 */
final class HeadingQuestions {
  private HeadingQuestions() {}

  /**
   * The questions of a stored collection with the first passage of each one's section.
   *
   * @throws ProblemException INVALID if no database is set, NOT_FOUND if there is no such
   *     collection
   */
  static Dataset of(String collection, Settings settings) {
    String url =
        DatabaseOptions.of(settings)
            .url()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemException.Kind.INVALID,
                        "Say where PostgreSQL is: set database.url, or KVASIR_DATABASE_URL in the environment."));
    Vertx vertx = Vertx.vertx();
    try {
      Database database = Database.open(vertx, url, 1);
      List<Passage> passages =
          new PostgresLibrary(database)
              .passages(Workspace.ONLY, collection, Scope.ALL, Integer.MAX_VALUE)
              .await();
      database.close().await();
      return labelled(collection, passages);
    } finally {
      vertx.close().await();
    }
  }

  private static Dataset labelled(String collection, List<Passage> passages) {
    Map<String, String> questions = SectionQuestions.of(passages);
    List<SourceDocument> sections = new ArrayList<>();
    List<LabelledQuestion> labelled = new ArrayList<>();
    Map<String, Passage> first = new LinkedHashMap<>();
    passages.forEach(passage -> first.putIfAbsent(passage.heading(), passage));
    questions.forEach(
        (heading, question) -> {
          Passage passage = first.get(heading);
          if (passage != null) {
            sections.add(new SourceDocument(heading, passage.title(), passage.value()));
            labelled.add(
                new LabelledQuestion(
                    heading, question, List.of(passage.value()), true, Map.of(heading, 1)));
          }
        });
    return new Dataset(
        collection,
        Languages.detect(String.join("\n", questions.values())),
        sections,
        labelled,
        List.of());
  }
}
