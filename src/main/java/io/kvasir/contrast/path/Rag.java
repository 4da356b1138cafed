package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Retrieval outside the model: the passages that it ranked first are put into the prompt. */
final class Rag implements Path {
  @Override
  public AnswerPath name() {
    return AnswerPath.RAG;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.RETRIEVAL);
  }

  @Override
  public Choice choose(Material material) {
    return material.selection().order().of(material.near().stream().map(Hit::passage).toList());
  }

  /** All of them: what retrieval found behind the cut is shown by the path that it was cut from. */
  @Override
  public List<Hit> shown(Material material) {
    return material.hits();
  }

  @Override
  public boolean usesRank() {
    return true;
  }

  @Override
  public @Nullable Notice notice(Material material, int inPrompt) {
    if (material.hits().isEmpty()) {
      return Notice.of(Notice.Code.NOTHING_FOUND, "Nothing relevant was found.");
    }
    if (!material.encoding().spoken()) {
      return Notice.of(
          Notice.Code.LANGUAGE_NOT_SPOKEN,
          "The collection's encoder was not trained for the language of its documents or of the"
              + " question: passages are found by their words rather than by meaning.");
    }
    if (material.near().stream().noneMatch(material::isRelevant)) {
      return Notice.of(
          Notice.Code.NOTHING_NEAR,
          "Nothing relevant was found: the nearest passages are about something else.");
    }
    int cut = material.near().size() - inPrompt;
    return cut == 0
        ? null
        : new Notice(
            Notice.Code.CUT_BY_BUDGET,
            Map.of("cut", cut, "budget", material.selection().budget()),
            "%d retrieved passages did not fit the budget of %d tokens."
                .formatted(cut, material.selection().budget()));
  }
}
