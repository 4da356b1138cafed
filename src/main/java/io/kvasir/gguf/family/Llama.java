package io.kvasir.gguf.family;

/** Llama and what is built like it, such as SmolLM2. */
public record Llama() implements Family {
  @Override
  public String architecture() {
    return "llama";
  }

  /** Files hold each head's rows as neighbouring pairs to rotate. */
  @Override
  public int sourceRow(int row, int headSize) {
    int within = row % headSize;
    return row - within + within % (headSize / 2) * 2 + within / (headSize / 2);
  }
}
