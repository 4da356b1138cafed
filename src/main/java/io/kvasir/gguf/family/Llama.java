package io.kvasir.gguf.family;

/** Llama and what is built like it, such as SmolLM2. */
public record Llama() implements Family {
  @Override
  public String architecture() {
    return "llama";
  }

  @Override
  public int sourceRow(int row, int headSize) {
    return Family.rowOfNeighbours(row, headSize);
  }
}
