package io.kvasir.contrast;

import io.kvasir.attend.Heads.Head;
import io.kvasir.attend.ObservedRows;
import io.kvasir.attend.Rotation;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.memory.KeyTable;
import io.kvasir.memory.KeyTable.Blocks;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Attention over the table of a collection's keys. Every passage stands where it was written, right
 * behind what every prompt begins with, and the word that looks behind the longest of them. Softmax
 * runs over the passages' keys alone: without those of the prompt's beginning, on which much
 * attention rests otherwise.
 */
public final class KeyTableAttention implements CollectionAttention {
  private static final int[] NOTHING = {};

  private final Generators generators;
  private final Library library;
  private final KeyTable table;
  private final AttentionPrecision precision;
  private final Function<String, AnswerDefaults> defaults;
  private final Executor worker;

  /**
   * An attention over collections.
   *
   * @param generators the decoders
   * @param library knows what language a collection is in
   * @param table has their keys
   * @param precision that passages are kept in
   * @param defaults what a decoder answers with where nobody says otherwise
   * @param worker makes prompts; its threads may block
   */
  public KeyTableAttention(
      Generators generators,
      Library library,
      KeyTable table,
      AttentionPrecision precision,
      Function<String, AnswerDefaults> defaults,
      Executor worker) {
    this.generators = generators;
    this.library = library;
    this.table = table;
    this.precision = precision;
    this.defaults = defaults;
    this.worker = worker;
  }

  /** A head of a loaded decoder. */
  private record Looking(Generator generator, Head head, KeyTable.Head stored) {
    AttentionLayer layer() {
      return generator.description().geometry().layers().get(head.layer());
    }
  }

  @Override
  public Future<Found> look(Workspace workspace, String collection, Asked asked) {
    Looking looking = looking(asked);
    return table
        .blocks(workspace, collection, looking.stored())
        .compose(
            blocks ->
                library
                    .collection(workspace, collection)
                    .compose(found -> look(found, asked, looking, blocks)));
  }

  private Looking looking(Asked asked) {
    Generator generator = generators.loaded(asked.model());
    Generator.Description description = generator.description();
    Head head = head(description, asked);
    var geometry = description.geometry();
    if (head.layer() >= geometry.layers().size() || head.head() >= geometry.heads()) {
      throw new ProblemException(
          Kind.INVALID,
          "%s has %d layers of %d heads; layer %d, head %d is none of them"
              .formatted(
                  description.name(),
                  geometry.layers().size(),
                  geometry.heads(),
                  head.layer(),
                  head.head()));
    }
    Looking looking =
        new Looking(
            generator,
            head,
            new KeyTable.Head(
                description.weights().rows(),
                precision,
                head.layer(),
                head.head() / (geometry.heads() / geometry.kvHeads()),
                geometry.kvHeads(),
                geometry.headSize()));
    if (looking.layer().window() > 0) {
      throw new ProblemException(
          Kind.INVALID,
          "layer %d of %s sees no more than %d tokens; choose one that sees everything"
              .formatted(head.layer(), description.name(), looking.layer().window()));
    }
    return looking;
  }

  private static Head head(Generator.Description description, Asked asked) {
    if (asked.layer() != null && asked.head() != null) {
      return new Head(asked.layer(), asked.head());
    }
    if (asked.layer() != null || asked.head() != null) {
      throw new ProblemException(Kind.INVALID, "layer and head belong together: name both or none");
    }
    if (description.bestHeads().isEmpty()) {
      throw new ProblemException(
          Kind.CONFLICT,
          "no heads of %s are known to find passages: name a layer and a head, or find them with ./kvasir heads detect"
              .formatted(description.name()));
    }
    return description.bestHeads().get(0);
  }

  private Future<Found> look(
      DocumentCollection collection, Asked asked, Looking looking, Blocks blocks) {
    long begin = System.nanoTime();
    int position = blocks.first() + blocks.longest();
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(
                () ->
                    words(
                        defaults.apply(looking.generator().description().name()),
                        collection,
                        asked,
                        looking.generator()),
                worker))
        .compose(
            words -> {
              int word = words.place(asked.word());
              return Future.fromCompletionStage(query(looking, words.upTo(word)))
                  .compose(
                      query -> {
                        double readMs = (System.nanoTime() - begin) / 1e6;
                        new Rotation(query.length, looking.layer().ropeBase())
                            .apply(query, position, (float) looking.layer().scale());
                        return table
                            .attend(blocks, looking.stored(), query, asked.most())
                            .map(
                                answer ->
                                    found(
                                        looking,
                                        blocks,
                                        new Word(words.pieces(), word, position, readMs),
                                        answer));
                      });
            });
  }

  /** The word that looked, among its neighbours. */
  private record Word(List<String> words, int word, int position, double readMs) {}

  private static QuestionWords words(
      AnswerDefaults answers, DocumentCollection collection, Asked asked, Generator generator) {
    return QuestionWords.of(
        generator,
        generator.prompt(
            new PromptWriter(collection.language(), AnswerStyle.ANSWER, answers)
                .messages(List.of(), asked.question())),
        asked.question());
  }

  /** The query state of the last token before its rotation: float[headSize]. */
  private static CompletableFuture<float[]> query(Looking looking, int[] ids) {
    int size = looking.stored().size();
    int from = looking.head().head() * size;
    float[] query = new float[size];
    return looking
        .generator()
        .read(
            new ReadingRequest(
                ids,
                NOTHING,
                1,
                (ObservedRows rows) -> {
                  if (rows.layer() == looking.head().layer()) {
                    float[] all = rows.queries()[rows.queries().length - 1];
                    System.arraycopy(all, from, query, 0, size);
                  }
                }))
        .thenApply(read -> query);
  }

  private Found found(Looking looking, Blocks blocks, Word word, KeyTable.Answer answer) {
    List<Token> tokens =
        answer.keys().stream()
            .map(
                key ->
                    new Token(
                        looking.generator().pieces(new int[] {key.token()}).get(0),
                        key.passage(),
                        key.place(),
                        key.share()))
            .toList();
    double squares = 0;
    for (float component : answer.content()) {
      squares += component * component;
    }
    return new Found(
        looking.generator().description().name(),
        looking.head().layer(),
        looking.head().head(),
        word.words(),
        word.word(),
        word.position(),
        blocks.keys(),
        blocks.passages(),
        answer.passages(),
        tokens,
        Math.sqrt(squares),
        word.readMs(),
        answer.copyMs(),
        answer.scanMs(),
        table.statement());
  }
}
