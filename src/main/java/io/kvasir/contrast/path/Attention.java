package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import io.kvasir.core.Passage;
import io.kvasir.core.ScopeSelection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Retrieval inside the model: the scope's passages are put into the prompt whole, in document
 * order, and attention selects. Where the scope does not fit, what retrieval ranks first is read,
 * so that attention can select what the question is about; still in document order, whatever the
 * rank. Who wants its first part read instead, for comparison, can have that.
 */
final class Attention implements Path {
  /**
   * A section of at most so many passages is read whole; of a longer one, which could be a whole
   * document without headings, only what was found.
   */
  static final int WHOLE_SECTION = 6;

  @Override
  public AnswerPath name() {
    return AnswerPath.ATTENTION;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.RETRIEVAL, Need.SCOPE);
  }

  @Override
  public Choice choose(Material material) {
    if (material.selection().scope() == ScopeSelection.FIRST) {
      return new Choice(material.scoped(), material.scopeSize(), Choice.DOCUMENT_ORDER);
    }
    Map<Section, List<Passage>> sections =
        material.scoped().stream().collect(Collectors.groupingBy(Section::of));
    Set<Passage> wanted = new LinkedHashSet<>();
    for (Hit hit : material.hits()) {
      wanted.add(hit.passage());
      List<Passage> section = sections.getOrDefault(Section.of(hit.passage()), List.of());
      if (section.size() <= WHOLE_SECTION) {
        wanted.addAll(section);
      }
    }
    wanted.addAll(material.scoped());
    return new Choice(List.copyOf(wanted), material.scopeSize(), Choice.DOCUMENT_ORDER);
  }

  /** What stands under the same headings of a document. */
  private record Section(long document, String heading) {
    static Section of(Passage passage) {
      return new Section(passage.documentId(), passage.heading());
    }
  }

  @Override
  public List<Hit> shown(Material material) {
    return material.first();
  }

  @Override
  public boolean usesRank() {
    return false;
  }

  /** Many questions share a scope. */
  @Override
  public Recall recalls() {
    return Recall.PROMPT;
  }

  @Override
  public @Nullable Notice notice(Material material, int inPrompt) {
    int all = material.scopeSize();
    if (all == 0) {
      return Notice.of(Notice.Code.EMPTY_SCOPE, "The scope holds no passages.");
    }
    int left = all - inPrompt;
    if (left == 0) {
      return null;
    }
    int budget = material.selection().budget();
    boolean first = material.selection().scope() == ScopeSelection.FIRST;
    return new Notice(
        first ? Notice.Code.FIRST_READ : Notice.Code.PARTLY_READ,
        Map.of("fitting", inPrompt, "all", all, "budget", budget, "left", left),
        "%d of %d passages of the scope fit the budget of %d tokens: %s; the other %d were not read."
            .formatted(
                inPrompt,
                all,
                budget,
                first ? "the first ones" : "those that retrieval ranks first, in document order",
                left));
  }
}
