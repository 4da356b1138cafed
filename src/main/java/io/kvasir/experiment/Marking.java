package io.kvasir.experiment;

import io.kvasir.contrast.Contrasts;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.experiment.MarkedQuestion.MarkedPassage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks questions at contrasts: what should have been answered, and which passage answers. They are
 * a dataset, whose other passages are what was found or read beside.
 */
public final class Marking {
  /** The longest answer that can be expected, in characters. */
  public static final int ANSWER_CHARACTERS = 2_000;

  private final MarkedStore store;
  private final Contrasts contrasts;
  private final int most;

  /**
   * A marking.
   *
   * @param store where marked questions are kept
   * @param contrasts what is marked
   */
  public Marking(MarkedStore store, Contrasts contrasts, ExperimentLimits limits) {
    this.store = store;
    this.contrasts = contrasts;
    this.most = limits.marked();
  }

  /**
   * Marks.
   *
   * @param contrast its id; NOT_FOUND if there is none
   * @param answer that was expected; null if nobody said
   * @param passage the id of one that answers; null if nobody said. INVALID if the contrast has
   *     none of that id
   */
  public Future<MarkedQuestion> mark(
      Workspace workspace, String contrast, @Nullable String answer, @Nullable Long passage) {
    return contrasts
        .trace(workspace, contrast)
        .map(trace -> marked(trace, answer, passage))
        .compose(marked -> store.mark(workspace, marked, most));
  }

  private static MarkedQuestion marked(
      Trace trace, @Nullable String answer, @Nullable Long passage) {
    String said = answer == null ? "" : answer.strip();
    if (said.isEmpty() && passage == null) {
      throw new ProblemException(Kind.INVALID, "say which answer or which passage was expected");
    }
    Map<Long, PassageTrace> found = new LinkedHashMap<>();
    trace.paths().forEach(path -> path.passages().forEach(each -> found.put(each.id(), each)));
    if (passage != null && !found.containsKey(passage)) {
      throw new ProblemException(
          Kind.INVALID,
          "the contrast %s neither found nor read a passage %d".formatted(trace.id(), passage));
    }
    List<MarkedPassage> passages = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (PassageTrace each : found.values()) {
      boolean expected = passage != null && each.id() == passage;
      if (expected || texts.add(each.text())) {
        passages.add(new MarkedPassage(each.document(), each.title(), each.text(), expected));
      }
    }
    return new MarkedQuestion(
        MarkedQuestion.id(trace.question()),
        Instant.now(),
        trace.question(),
        said.isEmpty() ? List.of() : List.of(said),
        passages);
  }

  /** All of them, in the order in which they were marked. */
  public Future<List<MarkedQuestion>> list(Workspace workspace) {
    return store.list(workspace);
  }

  /** Deletes one of them; NOT_FOUND if there is none. */
  public Future<Void> delete(Workspace workspace, String id) {
    return store.delete(workspace, id);
  }
}
