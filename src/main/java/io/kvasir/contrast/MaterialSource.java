package io.kvasir.contrast;

import io.kvasir.contrast.path.Path;
import io.kvasir.contrast.path.Path.Need;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Languages;
import io.kvasir.generate.Generator;
import io.kvasir.memory.Memory;
import io.kvasir.memory.PromptMemory;
import io.kvasir.observe.AnswerListener;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Retriever;
import io.kvasir.retrieve.Retriever.Retrieval;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what the paths answer from: retrieval once for all, the scope's passages in order. */
public final class MaterialSource {
  /** How many hits retrieval ranks; a path that reads a scope shows their ranks, too. */
  static final int HITS = 20;

  /** How many components of a question's embedding are shown. */
  static final int SHOWN_COMPONENTS = 8;

  /**
   * Passages read of a scope at most: more than any decoder's context holds, since a passage has at
   * least a dozen tokens.
   */
  static final int SCOPED = 1_000;

  private final Library library;
  private final Retriever retriever;
  private final Memory memory;

  /** A source over one store. */
  public MaterialSource(Library library, Retriever retriever, Memory memory) {
    this.library = library;
    this.retriever = retriever;
    this.memory = memory;
  }

  /** The stored rows of a plan's documents. Blocks. */
  PromptMemory.Recalled recall(
      Workspace workspace,
      String collection,
      Generator generator,
      PathPlan plan,
      Path.Recall recalls) {
    return switch (recalls) {
      case NOTHING -> PromptMemory.Recalled.NOTHING;
      case PROMPT ->
          memory.prompts().recall(workspace, collection, generator, plan.prompt(), documents(plan));
      case PASSAGES -> memory.passages().recall(workspace, collection, generator, plan.prompt());
    };
  }

  private static Set<Long> documents(PathPlan plan) {
    return plan.passages().stream()
        .filter(passage -> passage.inPrompt() != null)
        .map(PathTrace.PassageTrace::documentId)
        .collect(Collectors.toSet());
  }

  /**
   * What was found.
   *
   * @param language of the collection; of the question where there is no collection
   * @param retrieval what retrieval did, or null
   * @param scoped the scope's passages in document order, as many as could be read
   * @param scopeSize how many passages the scope has
   */
  record Found(
      String language, @Nullable Retrieval retrieval, List<Passage> scoped, int scopeSize) {

    List<Hit> hits() {
      return retrieval == null ? List.of() : retrieval.hits();
    }

    double relevantCosine() {
      return retrieval == null ? 0 : retrieval.relevantCosine();
    }

    boolean spoken() {
      return retrieval == null || retrieval.spoken();
    }

    @Nullable String searched() {
      return retrieval == null ? null : retrieval.searched();
    }

    @Nullable Double retrievalMs() {
      return retrieval == null ? null : retrieval.milliseconds();
    }

    Trace.@Nullable Reranking reranking() {
      return retrieval == null ? null : retrieval.reranking();
    }

    /** Tells how long retrieval took, if there was any. */
    void tell(AnswerListener.Asked asked) {
      if (retrieval != null) {
        asked.retrieved(retrieval.encodeMs(), retrieval.searchMs());
      }
    }

    Trace.@Nullable Encoder encoder() {
      return retrieval == null
          ? null
          : new Trace.Encoder(retrieval.encoder(), retrieval.embedding().length);
    }

    Trace.@Nullable QuestionVector questionVector() {
      return retrieval == null ? null : shown(retrieval.embedding());
    }

    Optional<ContrastEvent> event() {
      Retrieval made = retrieval;
      return made == null
          ? Optional.empty()
          : Optional.of(
              new ContrastEvent.Retrieved(
                  made.searched(),
                  new Trace.Encoder(made.encoder(), made.embedding().length),
                  shown(made.embedding()),
                  PathPlanner.retrieved(made.hits()),
                  made.encodeMs(),
                  made.searchMs(),
                  made.reranking()));
    }

    private static Trace.QuestionVector shown(float[] embedding) {
      List<Float> first = new ArrayList<>();
      double squares = 0;
      for (int i = 0; i < embedding.length; i++) {
        squares += (double) embedding[i] * embedding[i];
        if (i < SHOWN_COMPONENTS) {
          first.add(embedding[i]);
        }
      }
      return new Trace.QuestionVector(first, Math.sqrt(squares));
    }
  }

  /**
   * Gathers the material of a contrast.
   *
   * @param request what is asked
   * @param needs what its paths need
   * @param k the most passages of rag
   * @param earlierQuestions of the conversation, oldest first; retrieval sees the last one too
   * @param reranker what puts the first hits in another order; null for what everybody gets
   */
  Future<Found> gather(
      Workspace workspace,
      ContrastRequest request,
      Set<Need> needs,
      int k,
      List<String> earlierQuestions,
      @Nullable String reranker) {
    String searched = searched(request.question(), earlierQuestions);
    String collection = request.collection();
    if (collection == null) {
      return Future.succeededFuture(new Found(Languages.detect(searched), null, List.of(), 0));
    }
    return library
        .collection(workspace, collection)
        .compose(
            found ->
                gather(
                    workspace,
                    found,
                    request.scope(),
                    needs,
                    () ->
                        search(reranker)
                            .retrieve(
                                workspace,
                                found.name(),
                                request.scope(),
                                searched,
                                Math.max(HITS, k))));
  }

  /** How its retrieval makes one list of several. */
  Fusion fusion() {
    return retriever.fusion();
  }

  private Retriever search(@Nullable String reranker) {
    return reranker == null ? retriever : retriever.rerankedBy(reranker);
  }

  private Future<Found> gather(
      Workspace workspace,
      DocumentCollection collection,
      Scope scope,
      Set<Need> needs,
      Supplier<Future<Retrieval>> search) {
    Future<@Nullable Retrieval> retrieval =
        needs.contains(Need.RETRIEVAL)
            ? search.get().map(found -> found)
            : Future.succeededFuture();
    Future<Found> scoped =
        needs.contains(Need.SCOPE)
            ? scoped(workspace, collection, scope)
            : Future.succeededFuture(new Found(collection.language(), null, List.of(), 0));
    return Future.all(retrieval, scoped)
        .map(
            both ->
                new Found(
                    collection.language(),
                    retrieval.result(),
                    scoped.result().scoped(),
                    scoped.result().scopeSize()));
  }

  /** The scope's passages, without retrieval. */
  Future<Found> scoped(Workspace workspace, String collection, Scope scope) {
    return library
        .collection(workspace, collection)
        .compose(found -> scoped(workspace, found, scope));
  }

  private Future<Found> scoped(Workspace workspace, DocumentCollection collection, Scope scope) {
    Future<List<Passage>> passages = library.passages(workspace, collection.name(), scope, SCOPED);
    Future<Integer> size = library.countPassages(workspace, collection.name(), scope);
    return Future.all(passages, size)
        .map(both -> new Found(collection.language(), null, passages.result(), size.result()));
  }

  /** What retrieval searches with: a follow-up rarely names its subject, so the last one helps. */
  static String searched(String question, List<String> earlierQuestions) {
    if (earlierQuestions.isEmpty()) {
      return question;
    }
    String last = earlierQuestions.get(earlierQuestions.size() - 1);
    // What a chat brings along can be longer than any question.
    int end = Math.min(last.length(), ContrastLimits.LONGEST_QUESTION);
    boolean half = end < last.length() && Character.isHighSurrogate(last.charAt(end - 1));
    return last.substring(0, half ? end - 1 : end) + "\n" + question;
  }
}
