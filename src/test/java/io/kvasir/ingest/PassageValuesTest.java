package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.ValueKind;
import io.kvasir.encode.Encoder;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.Reading;
import io.kvasir.retrieve.Library.NewPassage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class PassageValuesTest {
  private static final String RAVENS =
      "The sea was calm that day. The ravens of Odin are two ravens, Huginn and Muninn. It rained"
          + " later, and nobody went out. Then everybody slept.";

  @Test
  void aSummaryIsTheSentenceNearestToTheWhole() throws InterruptedException {
    assertThat(values(Reading.of("a.txt", RAVENS), ValueKind.SUMMARY))
        .containsExactly("The ravens of Odin are two ravens, Huginn and Muninn.");
  }

  @Test
  void aSummaryOfOneSentenceIsThatSentence() throws InterruptedException {
    assertThat(values(Reading.of("a.txt", "Only ravens, no more"), ValueKind.SUMMARY))
        .containsExactly("Only ravens, no more");
  }

  @Test
  void theFieldsOfARecordStandForItUnderTheKeyOfItsText() throws InterruptedException {
    LoadedDocument records =
        Reading.of(
            "a.jsonl",
            """
            {"text": "GPT-4 came out in 2023.", "model": "GPT-4", "release_year": 2023}
            {"text": "A sentence alone."}
            """);
    assertThat(values(records, ValueKind.FIELDS))
        .containsExactly("{\"model\":\"GPT-4\",\"release_year\":2023}", "A sentence alone.");
    assertThat(keys(records, ValueKind.FIELDS)).isEqualTo(keys(records, ValueKind.RAW));
  }

  private static List<String> values(LoadedDocument document, ValueKind kind)
      throws InterruptedException {
    return passages(document, kind).stream().map(NewPassage::value).toList();
  }

  private static List<String> keys(LoadedDocument document, ValueKind kind)
      throws InterruptedException {
    return passages(document, kind).stream().map(NewPassage::key).toList();
  }

  private static List<NewPassage> passages(LoadedDocument document, ValueKind kind)
      throws InterruptedException {
    return DocumentPassages.of(
        document,
        new RavenEncoder(),
        new DocumentPassages.Options(10, DocumentPassages.LENGTH, kind),
        encoding -> encoding.toCompletableFuture().join(),
        done -> {});
  }

  /** Tells texts with ravens from texts without. */
  private static final class RavenEncoder implements Encoder {
    @Override
    public Description description() {
      return new Description("ravens", 2, 256, List.of("en"), 0.4);
    }

    @Override
    public int countTokens(String text) {
      return text.split("\\s+").length;
    }

    @Override
    public CompletionStage<List<float[]>> encodePassages(List<String> texts) {
      return CompletableFuture.completedFuture(
          texts.stream()
              .map(text -> text.contains("ravens") ? new float[] {1, 0} : new float[] {0, 1})
              .toList());
    }

    @Override
    public CompletionStage<float[]> encodeQuestion(String question) {
      throw new AssertionError("passages ask nothing");
    }

    @Override
    public int vocabulary() {
      throw new AssertionError("passages are texts here");
    }

    @Override
    public CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens) {
      throw new AssertionError("passages are texts here");
    }

    @Override
    public void close() {}
  }
}
