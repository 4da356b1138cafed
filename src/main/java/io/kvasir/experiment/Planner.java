package io.kvasir.experiment;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.DatasetFacts;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.ingest.DocumentPassages;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From an order and a dataset to everything that an experiment's numbers depend on. */
final class Planner {
  private static final int CHECKSUM_CHARACTERS = 8;
  private static final int SLUG_CHARACTERS = 40;

  private final ExperimentDesign design;
  private final Generators generators;
  private final Encoders encoders;
  private final Retriever retriever;
  private final ContrastLimits limits;
  private final Sampling sampling;
  private final Conditions conditions;

  Planner(
      ExperimentDesign design,
      Generators generators,
      Encoders encoders,
      Retriever retriever,
      ContrastLimits limits,
      Sampling sampling,
      Conditions conditions) {
    this.design = design;
    this.generators = generators;
    this.encoders = encoders;
    this.retriever = retriever;
    this.limits = limits;
    this.sampling = sampling;
    this.conditions = conditions;
  }

  /**
   * What was read for an order.
   *
   * @param all the whole dataset
   * @param chosen with the questions that are asked
   * @param rows of the table
   */
  record Prepared(Order order, Dataset all, Dataset chosen, List<Row> rows) {}

  /**
   * A plan with what it asks.
   *
   * @param total how many answers there will be
   */
  record Planned(ExperimentPlan plan, Dataset dataset, int total) {}

  /**
   * Chooses what is asked.
   *
   * @throws ProblemException INVALID or TOO_LARGE if it cannot be asked
   */
  Prepared prepare(Dataset read, Order order) {
    List<Row> rows = design.rows(order.paths(), order.matrix(), limits);
    Dataset all = order.language() == null ? read : read.withLanguage(order.language());
    rows.forEach(row -> checkContexts(Contexts.of(ExperimentDesign.settings(row)), all));
    rows.forEach(row -> checkReranker(row.settings().get(Factor.RERANKER.toString())));
    Dataset chosen = all.half(order.half());
    if (order.sample() != null) {
      chosen = chosen.sample(order.sample(), order.seed());
    }
    for (LabelledQuestion question : chosen.questions()) {
      if (question.text().length() > limits.questionCharacters()) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "the question %s has %d characters; it can have %d (contrast.max-question-characters)"
                .formatted(question.id(), question.text().length(), limits.questionCharacters()));
      }
    }
    return new Prepared(order, all, chosen, rows);
  }

  private void checkReranker(@Nullable String named) {
    if (named != null) {
      retriever.rerankedBy(named);
    }
  }

  /** Whether there is such an encoder, and whether it reads passages of such a length. */
  private void checkContexts(Contexts contexts, Dataset dataset) {
    String named = contexts.encoder();
    Encoder encoder =
        named == null ? encoders.forLanguage(dataset.language()) : encoders.named(named);
    Integer length = contexts.length();
    int most = DocumentPassages.longest(encoder);
    if (length != null && length > most) {
      throw new ProblemException(
          Kind.INVALID,
          "%s is '%d'; %s reads passages of %d to %d tokens"
              .formatted(
                  Factor.PASSAGE_LENGTH,
                  length,
                  encoder.description().name(),
                  DocumentPassages.SHORTEST,
                  most));
    }
  }

  /** Makes the plan once every decoder it needs answers. */
  Future<Planned> plan(Prepared prepared) {
    Set<String> named = new TreeSet<>();
    boolean standard = false;
    for (Row row : prepared.rows()) {
      if (!design.way(row.path()).answers()) {
        continue;
      }
      String model = row.settings().get(Factor.MODEL.toString());
      standard |= model == null;
      if (model != null) {
        named.add(model);
      }
    }
    List<Future<Generator>> decoders = new ArrayList<>();
    if (standard) {
      decoders.add(decoder(null));
    }
    named.forEach(name -> decoders.add(decoder(name)));
    return Future.all(decoders).map(loaded -> plan(prepared, loaded.<Generator>list()));
  }

  private Future<Generator> decoder(@Nullable String name) {
    try {
      return Future.succeededFuture(generators.loaded(name));
    } catch (ProblemException notLoaded) {
      return name == null || notLoaded.kind() != Kind.UNAVAILABLE
          ? Future.failedFuture(notLoaded)
          : Future.fromCompletionStage(generators.load(name))
              .map(status -> generators.loaded(name));
    }
  }

  private Planned plan(Prepared prepared, List<Generator> decoders) {
    Dataset all = prepared.all();
    Dataset chosen = prepared.chosen();
    Order order = prepared.order();
    String documents = all.withQuestions(List.of()).checksum();
    String encoder = encoders.forLanguage(chosen.language()).description().name();
    Sampling drawn = sampling.withSeed(order.seed());
    String conditions =
        "encoder %s; %s"
            .formatted(
                encoder,
                decoders.isEmpty()
                    ? this.conditions.searching()
                    : String.join("; ", decoders.stream().map(this::conditions).toList()));
    String decides =
        String.join(
            "\n",
            documents,
            chosen.checksum(),
            prepared.rows().toString(),
            drawn.toString(),
            conditions);
    String name = order.name();
    return new Planned(
        new ExperimentPlan(
            name == null ? chosen.name() : name,
            facts(prepared),
            collection(all.name(), Checksum.of(documents + "\n" + encoder)),
            prepared.rows(),
            drawn,
            conditions,
            Checksum.of(decides)),
        chosen,
        total(prepared));
  }

  private int total(Prepared prepared) {
    int total = 0;
    for (Row row : prepared.rows()) {
      Way way = design.way(row.path());
      total += (int) prepared.chosen().questions().stream().filter(way::applies).count();
    }
    if (total == 0) {
      throw new ProblemException(
          Kind.INVALID,
          "of none of these questions a document is known that answers it, which the rows %s need"
              .formatted(String.join(", ", prepared.order().paths())));
    }
    return total;
  }

  private String conditions(Generator decoder) {
    Generator.Description is = decoder.description();
    return "decoder %s %s %s with %s"
        .formatted(is.name(), is.format(), is.checksum(), conditions.answering(is.name()));
  }

  private static DatasetFacts facts(Prepared prepared) {
    Dataset chosen = prepared.chosen();
    Order order = prepared.order();
    Integer sample = order.sample();
    String half = order.half().name().toLowerCase(Locale.ROOT);
    return new DatasetFacts(
        chosen.name(),
        chosen.language(),
        chosen.documents().size(),
        chosen.questions().size(),
        chosen.answerable().questions().size(),
        sample == null ? half : "%s, %d drawn by seed %d".formatted(half, sample, order.seed()),
        chosen.bad().stream().limit(DatasetFacts.BAD_TOLD).toList(),
        chosen.bad().size(),
        chosen.checksum());
  }

  /** The same documents with the same vectors are in one collection, whatever is asked of them. */
  private static String collection(String dataset, String checksum) {
    String slug =
        dataset.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String shortened = slug.substring(0, Math.min(slug.length(), SLUG_CHARACTERS));
    return CollectionName.checked(
        "eval-%s-%s".formatted(shortened, checksum.substring(0, CHECKSUM_CHARACTERS)));
  }
}
