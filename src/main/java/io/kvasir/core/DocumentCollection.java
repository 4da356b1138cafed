package io.kvasir.core;

import java.util.List;

/**
 * A named set of documents in one language, searched with one encoder.
 *
 * @param name unique; lower case letters, digits and hyphens
 * @param title what people call it; its name where nobody said
 * @param language BCP 47, for example {@code en} or {@code zh}
 * @param encoder the name of the encoder whose embeddings the passages carry
 * @param values what of its passages goes into a prompt
 * @param documents how many documents it holds
 * @param passages how many passages it holds
 * @param bytes of its documents as they were given, as far as those are kept
 * @param examples questions the page offers
 */
public record DocumentCollection(
    String name,
    String title,
    String language,
    String encoder,
    ValueKind values,
    int documents,
    int passages,
    long bytes,
    List<ExampleQuestion> examples) {
  public DocumentCollection {
    examples = List.copyOf(examples);
  }

  /** One that people call by its name. */
  public DocumentCollection(
      String name,
      String language,
      String encoder,
      ValueKind values,
      int documents,
      int passages,
      long bytes,
      List<ExampleQuestion> examples) {
    this(name, name, language, encoder, values, documents, passages, bytes, examples);
  }
}
