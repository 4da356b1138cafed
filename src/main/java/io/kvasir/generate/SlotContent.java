package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.generate.PlacedRows.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a slot's rows hold, or are to hold, and how those came about that were not read
 * behind everything before them. Two rows are equal if both are, and everything before them.
 */
final class SlotContent {
  private final int[] ids;
  private int length;
  private List<Stretch> stretches = List.of();

  /** Neighbouring rows with one origin. */
  private record Stretch(int begin, int end, Origin origin) {}

  private SlotContent(int[] ids, int length) {
    this.ids = ids;
    this.length = length;
  }

  /** Nothing yet, with room for so many tokens. */
  static SlotContent empty(int capacity) {
    return new SlotContent(new int[capacity], 0);
  }

  /** What a prompt's rows will be with some of them placed. */
  static SlotContent of(int[] prompt, List<PlacedRows> placed, AttentionPrecision precision) {
    SlotContent content = new SlotContent(prompt, prompt.length);
    List<Stretch> stretches = new ArrayList<>();
    for (PlacedRows rows : placed) {
      if (!rows.exact(prompt, precision)) {
        stretches.add(new Stretch(rows.at(), rows.end(), rows.origin()));
      }
    }
    content.stretches = List.copyOf(stretches);
    return content;
  }

  /** Rows that are valid. */
  int length() {
    return length;
  }

  /** The tokens up to the first one that was not read behind everything before it, copied. */
  int[] plain() {
    return Arrays.copyOf(ids, stretches.isEmpty() ? length : stretches.get(0).begin());
  }

  /** The first tokens, copied. */
  int[] first(int count) {
    return Arrays.copyOf(ids, count);
  }

  /** Some of the tokens, copied. */
  int[] range(int begin, int end) {
    return Arrays.copyOfRange(ids, begin, end);
  }

  /** Forgets the rows from here on. */
  void truncate(int end) {
    length = Math.min(length, end);
    stretches = clipped(stretches, 0, length);
  }

  /** Notes that the next rows are some of another content, at the same places. */
  void append(SlotContent other, int end) {
    System.arraycopy(other.ids, length, ids, length, end - length);
    List<Stretch> more = clipped(other.stretches, length, end);
    if (!more.isEmpty()) {
      List<Stretch> all = new ArrayList<>(stretches);
      all.addAll(more);
      stretches = List.copyOf(all);
    }
    length = end;
  }

  /** Notes that the next row holds this token, read behind everything. */
  void append(int id) {
    ids[length++] = id;
  }

  /** How many first rows are equal. */
  int common(SlotContent other) {
    int most = Math.min(length, other.length);
    int mismatch = Arrays.mismatch(ids, 0, most, other.ids, 0, most);
    int alike = mismatch < 0 ? most : mismatch;
    int position = 0;
    while (position < alike) {
      Stretch here = at(stretches, position);
      Stretch there = at(other.stretches, position);
      if (!Objects.equals(origin(here), origin(there))) {
        return position;
      }
      position = Math.min(change(stretches, position), change(other.stretches, position));
    }
    return alike;
  }

  private static List<Stretch> clipped(List<Stretch> stretches, int begin, int end) {
    return stretches.stream()
        .filter(each -> each.begin() < end && each.end() > begin)
        .map(
            each ->
                new Stretch(
                    Math.max(begin, each.begin()), Math.min(end, each.end()), each.origin()))
        .toList();
  }

  private static @Nullable Stretch at(List<Stretch> stretches, int position) {
    return stretches.stream()
        .filter(each -> each.begin() <= position && position < each.end())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Origin origin(@Nullable Stretch stretch) {
    return stretch == null ? null : stretch.origin();
  }

  /** The next position at which a stretch begins or ends. */
  private static int change(List<Stretch> stretches, int position) {
    int next = Integer.MAX_VALUE;
    for (Stretch each : stretches) {
      if (each.begin() > position) {
        next = Math.min(next, each.begin());
      } else if (each.end() > position) {
        next = Math.min(next, each.end());
      }
    }
    return next;
  }
}
