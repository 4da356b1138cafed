package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Retrieval of what the model made of the documents: the passages that {@link Rag} would put into
 * the prompt, their keys and values from the database in place of their text.
 */
final class Remembered implements Path {
  private final Path rag = new Rag();

  @Override
  public AnswerPath name() {
    return AnswerPath.MEMORY;
  }

  @Override
  public Set<Need> needs() {
    return rag.needs();
  }

  @Override
  public Choice choose(Material material) {
    return rag.choose(material);
  }

  @Override
  public List<Hit> shown(Material material) {
    return rag.shown(material);
  }

  @Override
  public boolean usesRank() {
    return rag.usesRank();
  }

  /** Where nothing is kept it reads the text that rag reads, and says the same once more. */
  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public Recall recalls() {
    return Recall.PASSAGES;
  }

  @Override
  public @Nullable Notice notice(Material material, int inPrompt) {
    return rag.notice(material, inPrompt);
  }
}
