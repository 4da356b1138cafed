package io.kvasir.experiment;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.experiment.ExperimentStore.Taken;
import io.kvasir.ingest.DocumentPassages;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.LoadedDocument.Block;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The documents of an experiment as collections of their own, one for each way to store them, which
 * experiments over the same documents share. What is there already is not stored again. Blocks its
 * caller's thread.
 */
final class ContextCollection {
  /** How many documents are read at once. */
  private static final int STEP = 64;

  private static final int MOST_PASSAGES = 20_000;
  private static final String MEDIA_TYPE = "text/plain";
  private static final Pattern PARAGRAPH =
      Pattern.compile("\\S.*?(?=\\s*\\n\\s*\\n|\\s*\\z)", Pattern.DOTALL);

  private final Library library;
  private final Encoders encoders;
  private final ExperimentStore store;

  ContextCollection(Library library, Encoders encoders, ExperimentStore store) {
    this.library = library;
    this.encoders = encoders;
    this.store = store;
  }

  /** What is asked between two documents. */
  interface Going {
    /** Whether to go on. */
    boolean on() throws InterruptedException;
  }

  /**
   * Stores what is missing.
   *
   * @param ways in which they are stored
   * @param goes asked before each step
   * @return whether all is there; false if it was not to go on
   */
  boolean complete(Taken experiment, Collection<Contexts> ways, Going goes)
      throws InterruptedException {
    for (Contexts way : ways) {
      if (!complete(experiment, way, goes)) {
        return false;
      }
    }
    return true;
  }

  private boolean complete(Taken experiment, Contexts way, Going goes) throws InterruptedException {
    Workspace workspace = experiment.workspace();
    String name = way.collection(experiment.plan().collection());
    int count = experiment.plan().dataset().documents();
    if (count == 0) {
      return true;
    }
    DocumentCollection collection = collection(workspace, name, way, experiment);
    Set<String> there =
        Waiting.of(library.documents(workspace, name)).stream()
            .map(Document::name)
            .collect(Collectors.toSet());
    Encoder encoder = encoders.named(collection.encoder());
    for (int from = 0; from < count && there.size() < count; from += STEP) {
      for (SourceDocument document : Waiting.of(store.documents(experiment.id(), from, STEP))) {
        if (!there.contains(document.id())) {
          if (!goes.on()) {
            return false;
          }
          put(workspace, name, document, encoder, way);
        }
      }
    }
    return true;
  }

  private DocumentCollection collection(
      Workspace workspace, String name, Contexts way, Taken experiment)
      throws InterruptedException {
    String language = experiment.plan().dataset().language();
    String named = way.encoder();
    Encoder.Description encoder =
        (named == null ? encoders.forLanguage(language) : encoders.named(named)).description();
    return Waiting.of(
        library
            .collection(workspace, name)
            .recover(
                failure ->
                    is(failure, Kind.NOT_FOUND)
                        ? library.create(
                            workspace,
                            new NewCollection(
                                name, language, encoder.name(), encoder.dimensions(), values(way)))
                        : Future.failedFuture(failure)));
  }

  private static ValueKind values(Contexts way) {
    ValueKind values = way.values();
    return values == null ? ValueKind.RAW : values;
  }

  private static boolean is(Throwable failure, Kind kind) {
    return failure instanceof ProblemException problem && problem.kind() == kind;
  }

  private void put(
      Workspace workspace, String name, SourceDocument document, Encoder encoder, Contexts way)
      throws InterruptedException {
    LoadedDocument loaded = loaded(document);
    Integer length = way.length();
    List<NewPassage> passages =
        DocumentPassages.of(
            loaded,
            encoder,
            new DocumentPassages.Options(
                MOST_PASSAGES, length == null ? DocumentPassages.LENGTH : length, values(way)),
            encoding -> Waiting.of(encoding),
            done -> {});
    String title = document.title().isBlank() ? document.id() : document.title();
    Waiting.of(
        library.put(
            workspace,
            name,
            new NewDocument(document.id(), title, MEDIA_TYPE, null, document.text()),
            passages));
  }

  private static LoadedDocument loaded(SourceDocument document) {
    List<Block> blocks = new ArrayList<>();
    Matcher paragraphs = PARAGRAPH.matcher(document.text());
    while (paragraphs.find()) {
      blocks.add(
          new Block(paragraphs.start(), paragraphs.end(), 0, List.of(), null, document.fields()));
    }
    return new LoadedDocument(
        document.title(), MEDIA_TYPE, 0, null, document.text(), blocks, List.of());
  }
}
