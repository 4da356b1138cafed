package io.kvasir.gguf.family;

/** Qwen3, without mixtures of experts. */
public record Qwen3() implements Family {
  @Override
  public String architecture() {
    return "qwen3";
  }

  @Override
  public boolean normalisesHeads() {
    return true;
  }
}
