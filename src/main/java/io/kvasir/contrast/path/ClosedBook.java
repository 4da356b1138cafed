package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The question alone: what the weights know. */
final class ClosedBook implements Path {
  @Override
  public AnswerPath name() {
    return AnswerPath.CLOSED_BOOK;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Choice choose(Material material) {
    return Choice.NONE;
  }

  @Override
  public List<Hit> shown(Material material) {
    return List.of();
  }

  @Override
  public boolean usesRank() {
    return false;
  }

  @Override
  public @Nullable Notice notice(Material material, int inPrompt) {
    return null;
  }
}
