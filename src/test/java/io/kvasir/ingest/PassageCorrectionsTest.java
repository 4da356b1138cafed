package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.Document;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.format.DocumentReader;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresCorrections;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.DocumentText;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Retriever;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody corrects by hand is found at once, survives the document's next reading, and can be
 * undone.
 */
@ExtendWith(PostgresExtension.class)
final class PassageCorrectionsTest {
  private static final String BIRDS =
      """
      # Birds

      ## Owl

      An owl can turn its head by 90 degrees.

      ## Wren

      A wren weighs nine grams.
      """;

  @TempDir static Path folder;

  private static Encoders encoders;
  private static PostgresLibrary library;
  private static PassageCorrections corrections;
  private static Retriever retriever;

  @BeforeAll
  static void open(Database database) {
    encoders = new Encoders(List.of(OnnxEncoder.open(Catalogue.shipped().encoders().get(0), 1)));
    library = new PostgresLibrary(database);
    corrections = new PassageCorrections(library, new PostgresCorrections(database), encoders);
    retriever = new PostgresRetriever(database, encoders, Fusion.DEFAULT);
  }

  @AfterAll
  static void close() {
    encoders.close();
  }

  @Test
  void whatAPassageIsToSayIsFoundAndUndone() throws Exception {
    long document = put("said", BIRDS).id();
    Passage owl = passages("said").get(0);

    Correction made =
        await(
            corrections.say(
                Workspace.ONLY, document, owl.id(), "An owl turns its head by 270 degrees."));

    assertThat(made)
        .returns(true, Correction::applied)
        .returns("An owl can turn its head by 90 degrees.", Correction::source)
        .returns("Birds › Owl", Correction::heading);
    Hit found = ask("said", "head by 270 degrees");
    assertThat(found.passage())
        .returns("An owl turns its head by 270 degrees.", Passage::value)
        .returns(true, Passage::corrected);
    assertThat(found.lexical()).as("found by its new words").isPositive();
    assertThat(found.dense()).isGreaterThan(0.5);

    await(corrections.withdraw(Workspace.ONLY, document, made.id()));

    assertThat(passages("said").get(0)).isEqualTo(owl);
    assertThat(ask("said", "head by 90 degrees").lexical()).isPositive();
    assertThat(text(document).corrections()).isEmpty();
  }

  @Test
  void whatIsLeftOutNobodyFindsUntilItIsTakenIn() throws Exception {
    long document = put("left", BIRDS).id();
    Passage wren = passages("left").get(1);

    Correction made = await(corrections.leaveOut(Workspace.ONLY, document, wren.id()));

    assertThat(made).returns(null, Correction::text).returns(true, Correction::applied);
    assertThat(ask("left", "how much does a wren weigh").passage().heading())
        .isEqualTo("Birds › Owl");
    assertThat(passages("left")).extracting(Passage::heading).containsExactly("Birds › Owl");
    assertThat(text(document).document().passages()).isEqualTo(1);

    await(corrections.withdraw(Workspace.ONLY, document, made.id()));

    assertThat(ask("left", "how much does a wren weigh").passage())
        .returns("A wren weighs nine grams.", Passage::value)
        .returns(1, Passage::ordinal);
    assertThat(text(document).document().passages()).isEqualTo(2);
  }

  @Test
  void theNextReadingKeepsThemAsLongAsTheTextIsThere() throws Exception {
    long document = put("kept", BIRDS).id();
    List<Passage> read = passages("kept");
    await(corrections.say(Workspace.ONLY, document, read.get(0).id(), "An owl turns it by 270."));
    await(corrections.leaveOut(Workspace.ONLY, document, read.get(1).id()));

    put("kept", BIRDS.replace("## Owl", "## Heron\n\nA heron waits.\n\n## Owl"));

    assertThat(passages("kept"))
        .extracting(Passage::value)
        .containsExactly("A heron waits.", "An owl turns it by 270.");
    assertThat(text(document).corrections())
        .extracting(Correction::applied)
        .containsExactly(true, true);

    put("kept", BIRDS.replace("90 degrees", "ninety degrees"));

    assertThat(passages("kept"))
        .extracting(Passage::value)
        .as("a corrected source is not corrected again")
        .containsExactly("An owl can turn its head by ninety degrees.");
    assertThat(text(document).corrections())
        .filteredOn(each -> !each.applied())
        .extracting(Correction::text)
        .as("nothing is lost")
        .containsExactly("An owl turns it by 270.");

    put("kept", BIRDS);

    assertThat(passages("kept"))
        .extracting(Passage::value)
        .as("the text came back, and the correction with it")
        .containsExactly("An owl turns it by 270.");
  }

  @Test
  void equalPassagesAreToldApart() throws Exception {
    String twice = "# A\n\n## One\n\nSee below.\n\n## Two\n\nSee below.\n";
    long document = put("twice", twice).id();
    await(
        corrections.say(
            Workspace.ONLY, document, passages("twice").get(1).id(), "See the second one."));
    put("twice", twice);
    assertThat(passages("twice"))
        .extracting(Passage::value)
        .containsExactly("See below.", "See the second one.");
  }

  @Test
  void whatTheEncoderWouldNotReadIsRefused() throws Exception {
    long document = put("long", BIRDS).id();
    long owl = passages("long").get(0).id();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(corrections.say(Workspace.ONLY, document, owl, "owl ".repeat(400))))
        .returns(Kind.TOO_LARGE, ProblemException::kind)
        .withMessageContaining("shorten it");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(corrections.leaveOut(Workspace.ONLY, document, 999_999)))
        .returns(Kind.NOT_FOUND, ProblemException::kind);
  }

  /** Reads and stores a document as an upload does. */
  private static Document put(String collection, String text) throws Exception {
    Encoder encoder = encoders.all().get(0);
    if (await(library.collections(Workspace.ONLY)).stream()
        .noneMatch(each -> each.name().equals(collection))) {
      await(
          library.create(
              Workspace.ONLY,
              new NewCollection(
                  collection,
                  "en",
                  encoder.description().name(),
                  encoder.description().dimensions())));
    }
    Path file = Files.writeString(folder.resolve("birds.md"), text);
    LoadedDocument loaded =
        new DocumentReader(new DocumentLimits(1_000_000, 10, 1_000_000)).read("birds.md", file);
    DocumentPassages.Corrected made =
        DocumentPassages.corrected(
            loaded,
            encoder,
            new DocumentPassages.Options(100, DocumentPassages.LENGTH, ValueKind.RAW),
            await(library.corrections(Workspace.ONLY, collection, "birds.md")),
            encoding -> encoding.toCompletableFuture().join(),
            done -> {});
    return await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument(
                "birds.md",
                "Birds",
                "text/markdown",
                null,
                loaded.text(),
                1,
                null,
                false,
                null,
                made.placed()),
            made.passages()));
  }

  private static Hit ask(String collection, String question) {
    return await(retriever.retrieve(Workspace.ONLY, collection, Scope.ALL, question, 5))
        .hits()
        .get(0);
  }

  private static List<Passage> passages(String collection) {
    return await(library.passages(Workspace.ONLY, collection, Scope.ALL, 99));
  }

  private static DocumentText text(long document) {
    return await(library.document(Workspace.ONLY, document));
  }
}
