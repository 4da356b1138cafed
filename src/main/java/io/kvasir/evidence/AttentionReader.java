package io.kvasir.evidence;

import io.kvasir.attend.HeadMasses;
import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.HeadRow;
import io.kvasir.attend.HeadStep;
import io.kvasir.attend.Heads;
import io.kvasir.attend.PositionMasses;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.evidence.AttentionQuestion.Selection;
import io.kvasir.generate.Generator;
import io.kvasir.generate.ReadingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question about attention by reading prompt and answer again up to the last token that
 * is asked about. Everything is aggregated where the heads are: what is kept grows with heads times
 * parts, and with positions only for the lines that were asked for.
 */
final class AttentionReader {
  /** Components of a query state that are shown. */
  private static final int SHOWN_COMPONENTS = 8;

  private final Generator generator;
  private final Generator.Description decoder;
  private final WrittenAnswer written;
  private final AttentionQuestion question;
  private final List<Integer> tokens;
  private final Heads selected;
  private final int first;
  private final int end;
  private final HeadMasses masses;
  private final @Nullable PositionMasses positions;
  private final @Nullable HeadStep step;

  /**
   * A reader.
   *
   * @param most numbers that single positions may take together
   * @throws ProblemException INVALID or TOO_LARGE, saying what can be asked
   */
  AttentionReader(
      Generator generator, WrittenAnswer written, AttentionQuestion question, int most) {
    this.generator = generator;
    this.decoder = generator.description();
    this.written = written;
    this.question = question;
    this.tokens = tokens();
    this.selected = selected();
    this.first = written.prompt().length - 1 + tokens.get(0);
    this.end = written.prompt().length + tokens.get(tokens.size() - 1);
    boolean[] wanted = new boolean[end - first];
    tokens.forEach(token -> wanted[token - tokens.get(0)] = true);
    this.masses =
        new HeadMasses(decoder.layers(), decoder.heads(), written.passageParts(), first, wanted);
    this.positions = question.positions() ? positions(most) : null;
    this.step = step();
  }

  private List<Integer> tokens() {
    int length = written.answer().length;
    List<Integer> chosen =
        question.tokens().isEmpty()
            ? IntStream.range(0, length).boxed().toList()
            : question.tokens().stream().distinct().sorted().toList();
    if (chosen.get(0) < 0 || chosen.get(chosen.size() - 1) >= length) {
      throw invalid("tokens names one that is not there; the answer has 0 to " + (length - 1));
    }
    return chosen;
  }

  private Heads selected() {
    Integer layer = question.layer();
    Integer head = question.head();
    if (layer != null) {
      within("layer", layer, decoder.layers());
      if (head == null) {
        return Heads.ofLayers(decoder.heads(), List.of(layer));
      }
      within("head", head, decoder.heads());
      return Heads.of(decoder.heads(), List.of(new Heads.Head(layer, head)));
    }
    if (head != null) {
      throw invalid("head needs a layer");
    }
    if (question.heads() == Selection.BEST && decoder.bestHeads().isEmpty()) {
      throw new ProblemException(
          Kind.CONFLICT,
          "no heads are stored for %s; find them with: ./kvasir heads detect --dataset FILE"
              .formatted(decoder.name()));
    }
    return switch (question.heads()) {
      case WATCHED -> Heads.ofLayers(decoder.heads(), decoder.watchedLayers());
      case ALL ->
          Heads.ofLayers(decoder.heads(), IntStream.range(0, decoder.layers()).boxed().toList());
      case BEST -> Heads.of(decoder.heads(), decoder.bestHeads());
    };
  }

  private static void within(String name, int value, int count) {
    if (value < 0 || value >= count) {
      throw invalid("%s is %d; it can be 0 to %d".formatted(name, value, count - 1));
    }
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Kind.INVALID, message);
  }

  private PositionMasses positions(int most) {
    long numbers = (long) tokens.size() * end;
    if (numbers > most) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%d tokens over %d positions are %d numbers; %d can be had at a time (evidence.positions): ask for fewer tokens"
              .formatted(tokens.size(), end, numbers, most));
    }
    return new PositionMasses(selected, first, end - first);
  }

  private @Nullable HeadStep step() {
    Integer layer = question.layer();
    Integer head = question.head();
    return layer == null || head == null || tokens.size() != 1
        ? null
        : new HeadStep(
            decoder.geometry(), written.partLengths(), new Heads.Head(layer, head), first);
  }

  /** Reads. The future completes on the inference thread. */
  CompletableFuture<double[]> read() {
    List<Consumer<HeadRow>> collectors = new ArrayList<>();
    collectors.add(masses);
    if (positions != null) {
      collectors.add(positions);
    }
    if (step != null) {
      collectors.add(step);
    }
    int[] answer = Arrays.copyOf(written.answer(), tokens.get(tokens.size() - 1) + 1);
    return generator.read(
        ReadingRequest.answer(
            written.prompt(),
            answer,
            Math.max(answer.length, end - first),
            new HeadProbe(decoder.geometry(), written.partLengths(), collectors)));
  }

  /** What was seen; once it is read. */
  AttentionView view() {
    List<PromptPart> parts = new ArrayList<>(written.parts());
    parts.add(new PromptPart(PromptPart.Kind.ANSWER, written.answer().length, null));
    double[] mass = masses.mass(selected);
    double[] lift = new double[mass.length];
    for (int part = 0; part < lift.length; part++) {
      int length =
          part < lift.length - 1 ? parts.get(part).tokens() : end - written.prompt().length;
      lift[part] = length == 0 ? 0 : mass[part] * end / length;
    }
    return new AttentionView(
        question.path(),
        tokens,
        pairs(),
        parts,
        list(mass),
        list(lift),
        list(masses.share(selected)),
        list(masses.score(selected)),
        decoder.layers(),
        decoder.heads(),
        everyHead(true),
        everyHead(false),
        shownPositions(),
        shownStep());
  }

  private List<List<Integer>> pairs() {
    return selected.chosen().stream()
        .mapToObj(each -> List.of(each / decoder.heads(), each % decoder.heads()))
        .toList();
  }

  private List<List<List<Double>>> everyHead(boolean mass) {
    List<List<List<Double>>> layers = new ArrayList<>();
    for (int layer = 0; layer < decoder.layers(); layer++) {
      List<List<Double>> heads = new ArrayList<>();
      for (int head = 0; head < decoder.heads(); head++) {
        heads.add(list(mass ? masses.mass(layer, head) : masses.score(layer, head)));
      }
      layers.add(heads);
    }
    return layers;
  }

  /** JSON has no infinity, and five digits are more than anybody sees. */
  private static List<Double> list(double[] values) {
    return DoubleStream.of(values)
        .mapToObj(AttentionReader::shown)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static @Nullable Double shown(double value) {
    return Double.isFinite(value) ? Math.rint(value * 1e5) / 1e5 : null;
  }

  private AttentionView.@Nullable Positions shownPositions() {
    PositionMasses lines = positions;
    if (lines == null) {
      return null;
    }
    int[] read = Arrays.copyOf(written.prompt(), end);
    System.arraycopy(
        written.answer(), 0, read, written.prompt().length, end - written.prompt().length);
    return new AttentionView.Positions(
        generator.pieces(read),
        tokens.stream().map(token -> lines.line(token - tokens.get(0))).toList());
  }

  private AttentionView.@Nullable Step shownStep() {
    HeadStep seen = step;
    Integer layer = question.layer();
    Integer head = question.head();
    if (seen == null || layer == null || head == null) {
      return null;
    }
    List<Float> components = new ArrayList<>();
    double squares = 0;
    for (float component : seen.query()) {
      squares += (double) component * component;
      if (components.size() < SHOWN_COMPONENTS) {
        components.add(component);
      }
    }
    List<AttentionView.PartStep> parts = new ArrayList<>();
    for (int part = 0; part < seen.masses().length; part++) {
      parts.add(
          new AttentionView.PartStep(
              shown(seen.scores()[part]), seen.masses()[part], seen.values()[part]));
    }
    return new AttentionView.Step(
        layer, head, tokens.get(0), new AttentionView.Query(components, Math.sqrt(squares)), parts);
  }
}
