package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Retrieval inside the model: the scope's passages are put into the prompt whole, in document
 * order, and attention selects. Retrieval's ranks are shown beside what was attended.
 */
final class Attention implements Path {
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
    return new Choice(material.scoped(), material.scopeSize());
  }

  @Override
  public List<Hit> shown(Material material) {
    return material.first();
  }

  @Override
  public boolean usesRank() {
    return false;
  }

  @Override
  public @Nullable Notice notice(Material material, int inPrompt) {
    int all = material.scopeSize();
    if (all == 0) {
      return Notice.of(Notice.Code.EMPTY_SCOPE, "The scope holds no passages.");
    }
    int left = all - inPrompt;
    return left == 0
        ? null
        : new Notice(
            Notice.Code.PARTLY_READ,
            Map.of("fitting", inPrompt, "all", all, "budget", material.budget(), "left", left),
            "%d of %d passages of the scope fit the budget of %d tokens; the other %d were not read."
                .formatted(inPrompt, all, material.budget(), left));
  }
}
