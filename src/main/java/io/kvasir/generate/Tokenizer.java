package io.kvasir.generate;

import org.jspecify.annotations.Nullable;

/** A decoder's vocabulary. Safe to call from any thread. */
public interface Tokenizer extends AutoCloseable {
  /** The tokens of a text. Whatever it says, none of them is a mark of the template. */
  int[] encode(String text);

  /** The tokens of a piece of the chat template, in which the names of marks are marks. */
  int[] encodeTemplate(String text);

  /** The UTF-8 bytes a token stands for, possibly half a character; none for a mark. */
  byte[] bytes(int id);

  /** The name of a token in the vocabulary; null if there is no such token. */
  @Nullable String name(int id);

  @Override
  void close();
}
