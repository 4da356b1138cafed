package io.kvasir.gguf.family;

/** Qwen2 and Qwen2.5. */
public record Qwen2() implements Family {
  @Override
  public String architecture() {
    return "qwen2";
  }
}
