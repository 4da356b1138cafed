package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.SearchForm;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.LoadedDocument.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits a document into passages that an encoder reads whole: never across headings or pages, of
 * about equal size within a section, cut between paragraphs, else between sentences, else between
 * words. All text is in exactly one passage, in order; a heading is in a passage only if nothing is
 * under it, since the passages under it carry it in their heading.
 */
final class Splitter {
  /** The most tokens of a passage, its heading aside, unless somebody says otherwise. */
  static final int MAX_TOKENS = 200;

  /** A section's last passage with fewer tokens joins the one before. */
  static final int MIN_TOKENS = 32;

  /**
   * So many characters count as a token at least, since an encoder takes a word that is too long
   * for it as a single unknown one.
   */
  static final int CHARACTERS_OF_A_TOKEN = 10;

  /** Tokens that an encoder adds to a text. */
  static final int ENCODER_MARKS = 2;

  private static final int HEADING_SHARE = 4;

  private static final String SEPARATOR = Pattern.quote(LoadedDocument.HEADING_SEPARATOR);

  private final Encoder encoder;
  private final int maxPassages;
  private final int maxTokens;

  Splitter(Encoder encoder, int maxPassages) {
    this(encoder, maxPassages, MAX_TOKENS);
  }

  Splitter(Encoder encoder, int maxPassages, int maxTokens) {
    this.encoder = encoder;
    this.maxPassages = maxPassages;
    this.maxTokens = maxTokens;
  }

  /**
   * A passage.
   *
   * @param heading the headings above it
   * @param page the page it begins on
   * @param span where its value is in the document's text
   * @param key what is searched: the headings, as many as leave room, and the value, in the form in
   *     which questions are searched for
   * @param fields of the records in it, a JSON object a line; empty if it is none
   */
  record Piece(String heading, @Nullable Integer page, Span span, String key, String fields) {}

  /** Text that is not cut any more. */
  private record Unit(Span span, int tokens, @Nullable Integer page) {}

  /**
   * The passages, in order.
   *
   * @throws ProblemException TOO_LARGE if there are more than allowed
   */
  List<Piece> split(LoadedDocument document) {
    List<Piece> pieces = new ArrayList<>();
    List<Block> section = new ArrayList<>();
    List<Block> blocks = document.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean ends = !section.isEmpty() && !isSameSection(section.get(0), block);
      if (block.isHeading() || ends) {
        splitSection(document.text(), section, pieces);
        section.clear();
      }
      if (!block.isHeading() || !isAbove(block, blocks, i + 1)) {
        section.add(block);
      }
    }
    splitSection(document.text(), section, pieces);
    return pieces;
  }

  private static boolean isSameSection(Block one, Block next) {
    return one.headings().equals(next.headings()) && Objects.equals(one.page(), next.page());
  }

  private static boolean isAbove(Block heading, List<Block> blocks, int next) {
    if (next == blocks.size()) {
      return false;
    }
    Block block = blocks.get(next);
    return !block.isHeading() || block.level() > heading.level();
  }

  private void splitSection(String text, List<Block> section, List<Piece> pieces) {
    if (section.isEmpty()) {
      return;
    }
    List<String> headings = section.get(0).headings();
    String heading = String.join(LoadedDocument.HEADING_SEPARATOR, headings);
    String searched = fitting(headings);
    int largest = encoder.description().maxTokens() - ENCODER_MARKS - tokens(searched);
    int room = Math.min(maxTokens, largest);
    List<Unit> units = new ArrayList<>();
    for (Block block : section) {
      addUnits(units, text, new Span(block.start(), block.end()), room, block.page());
    }
    for (Unit unit : packed(units, room, largest)) {
      if (pieces.size() == maxPassages) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "has more than %d passages; split it or raise the setting ingest.max-passages"
                .formatted(maxPassages));
      }
      String value = unit.span().of(text);
      String key = SearchForm.of(key(searched, value));
      pieces.add(new Piece(heading, unit.page(), unit.span(), key, fields(section, unit.span())));
    }
  }

  /** What is searched of a passage that says something else than its document. */
  String keyOf(String heading, String value) {
    return SearchForm.of(key(searched(heading), value));
  }

  /** TOO_LARGE if the encoder does not read such a passage whole. */
  void requireFit(String heading, String value) {
    int room = encoder.description().maxTokens() - ENCODER_MARKS - tokens(searched(heading));
    int tokens = tokens(value);
    if (tokens > room) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "the passage would have %d tokens, but %s reads %d beside its headings; shorten it"
              .formatted(tokens, encoder.description().name(), room));
    }
  }

  private String searched(String heading) {
    return fitting(heading.isEmpty() ? List.of() : List.of(heading.split(SEPARATOR, -1)));
  }

  private static String fields(List<Block> section, Span span) {
    return section.stream()
        .filter(block -> block.start() < span.end() && block.end() > span.start())
        .map(Block::fields)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static String key(String searched, String value) {
    if (searched.isEmpty()) {
      return value;
    }
    return searched.endsWith(value) ? searched : searched + "\n" + value;
  }

  private void addUnits(
      List<Unit> units, String text, Span span, int room, @Nullable Integer page) {
    if (addIfFits(units, text, span, room, page)) {
      return;
    }
    for (Span sentence : Sentences.in(text, span)) {
      addHalves(units, text, sentence, room, page);
    }
  }

  private void addHalves(
      List<Unit> units, String text, Span span, int room, @Nullable Integer page) {
    if (addIfFits(units, text, span, room, page)) {
      return;
    }
    for (Span half : Sentences.halves(text, span)) {
      addHalves(units, text, half, room, page);
    }
  }

  private boolean addIfFits(
      List<Unit> units, String text, Span span, int room, @Nullable Integer page) {
    if (span.length() > 1 && span.length() > room * CHARACTERS_OF_A_TOKEN) {
      return false;
    }
    int tokens = tokens(span.of(text));
    if (tokens > room && span.length() > 2) {
      return false;
    }
    units.add(new Unit(span, tokens, page));
    return true;
  }

  /** Joins neighbours: as few passages as possible, and the longest of these as short as can be. */
  private static List<Unit> packed(List<Unit> units, int room, int largest) {
    List<Unit> fewest = filled(units, room);
    int low = 1;
    int high = room;
    while (low < high) {
      int middle = (low + high) / 2;
      if (filled(units, middle).size() > fewest.size()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Unit> packed = filled(units, low);
    int last = packed.size() - 1;
    if (last > 0 && packed.get(last).tokens() < MIN_TOKENS) {
      Unit whole = join(packed.get(last - 1), packed.get(last));
      if (whole.tokens() <= largest) {
        packed.remove(last);
        packed.set(last - 1, whole);
      }
    }
    return packed;
  }

  private static List<Unit> filled(List<Unit> units, int room) {
    List<Unit> filled = new ArrayList<>();
    for (Unit unit : units) {
      int last = filled.size() - 1;
      if (last >= 0 && filled.get(last).tokens() + unit.tokens() <= room) {
        filled.set(last, join(filled.get(last), unit));
      } else {
        filled.add(unit);
      }
    }
    return filled;
  }

  private static Unit join(Unit one, Unit next) {
    Span span = new Span(one.span().start(), next.span().end());
    return new Unit(span, one.tokens() + next.tokens(), one.page());
  }

  /** The headings that take no more than their share of what the encoder reads, innermost first. */
  private String fitting(List<String> headings) {
    int room = encoder.description().maxTokens() / HEADING_SHARE;
    String fitting = "";
    for (int i = headings.size() - 1; i >= 0; i--) {
      List<String> inner = headings.subList(i, headings.size());
      String longer = String.join(LoadedDocument.HEADING_SEPARATOR, inner);
      if (tokens(longer) > room) {
        break;
      }
      fitting = longer;
    }
    return fitting;
  }

  private int tokens(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int tokens = encoder.countTokens(SearchForm.of(text));
    return Math.max(tokens, text.length() / CHARACTERS_OF_A_TOKEN);
  }
}
