package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All slots of a decoder: which one a sequence gets, what of its prompt is in the cache already,
 * and where slots lie so that those that step together are neighbours. Used by the inference
 * thread.
 */
final class Slots {
  private final Decoder decoder;
  private final List<Slot> slots = new ArrayList<>();
  private long clock;
  private @Nullable Slot lastRead;
  private volatile List<int[]> remembered = List.of();

  Slots(Decoder decoder) {
    this.decoder = decoder;
    for (int i = 0; i < decoder.shape().slots(); i++) {
      slots.add(new Slot(i, decoder.shape().context()));
    }
  }

  /** The share of all rows that hold tokens of running sequences, 0 to 1. */
  double usage() {
    long used = 0;
    for (Slot slot : slots) {
      used += slot.owner == null ? 0 : slot.length();
    }
    return (double) used / slots.size() / decoder.shape().context();
  }

  /** How many are not in use. */
  int free() {
    int free = 0;
    for (Slot slot : slots) {
      free += slot.taken ? 0 : 1;
    }
    return free;
  }

  /** Gives a free slot to a sequence, with the rows that its prompt begins with kept. */
  Slot take(Sequence sequence) {
    Slot slot = choose(sequence.content());
    slot.owner = sequence;
    use(slot, sequence);
    return slot;
  }

  /**
   * Gives a free slot to a reading: the one of the last reading if it can be had, so that many of
   * them cost others one memory and no more.
   */
  Slot take(Reading reading) {
    Slot slot = lastRead;
    if (slot == null || slot.taken) {
      slot = longestUnused();
    }
    lastRead = slot;
    use(slot, reading);
    return slot;
  }

  private void use(Slot slot, SlotTenant tenant) {
    slot.taken = true;
    slot.lastUsed = ++clock;
    slot.content.truncate(Math.min(slot.content.common(tenant.content()), tenant.reusable()));
    remember();
  }

  /**
   * How many of these tokens no slot remembered when one was last taken or given back. Any thread.
   */
  int unread(int[] ids) {
    int most = 0;
    for (int[] tokens : remembered) {
      int mismatch = Arrays.mismatch(tokens, ids);
      most = Math.max(most, mismatch < 0 ? ids.length : mismatch);
    }
    return ids.length - most;
  }

  private void remember() {
    remembered = slots.stream().map(slot -> slot.content.plain()).toList();
  }

  /** Ends a sequence's use; the rows stay. */
  void release(Slot slot) {
    slot.owner = null;
    slot.taken = false;
    slot.lastUsed = ++clock;
    remember();
  }

  /**
   * A slot is reused in place if the prompt continues at least half of what it remembers; otherwise
   * the one that was used longest ago is taken, so that a short common beginning does not cost a
   * long memory.
   */
  private Slot choose(SlotContent prompt) {
    Slot continued = null;
    int most = 0;
    for (Slot slot : slots) {
      int common = slot.taken ? 0 : slot.content.common(prompt);
      if (common > most && 2 * common >= slot.length()) {
        continued = slot;
        most = common;
      }
    }
    return continued == null ? longestUnused() : continued;
  }

  private Slot longestUnused() {
    return slots.stream()
        .filter(slot -> !slot.taken)
        .min(Comparator.comparingLong(slot -> slot.lastUsed))
        .orElseThrow(() -> new IllegalStateException("no slot is free"));
  }

  /**
   * Fills a slot with what is known of the next tokens, by any other slot or from outside.
   *
   * @return the position up to which tokens are to be read now
   */
  int fill(SlotTenant tenant, Slot slot) {
    extend(slot, tenant);
    for (PlacedRows rows : tenant.placed()) {
      if (slot.length() < rows.at()) {
        return rows.at();
      }
      if (slot.length() < rows.end()) {
        int from = slot.length();
        decoder.restore(slot.index, rows.behind(from - rows.at()));
        slot.content.append(tenant.content(), rows.end());
        tenant.restored(rows.end() - from);
        extend(slot, tenant);
      }
    }
    return tenant.content().length();
  }

  /** Gives rows to who wants them, if the slot has them. */
  void keep(SlotTenant tenant, Slot slot) {
    PromptRows.Wanted wanted = tenant.rows().wanted();
    if (wanted == null
        || slot.content.common(tenant.content()) < wanted.end()
        || !wanted.keeper().ready()) {
      return;
    }
    AttentionPrecision precision = wanted.precision();
    AttentionPrecision kept = precision == null ? decoder.shape().precision() : precision;
    wanted
        .keeper()
        .keep(
            new StoredRows(
                tenant.content().first(wanted.end()),
                wanted.begin(),
                kept,
                decoder.save(slot.index, wanted.begin(), wanted.end(), kept)));
  }

  /** Copies what any other slot knows of the tokens beyond what this one does. */
  private void extend(Slot slot, SlotTenant tenant) {
    Slot source = null;
    int most = slot.length();
    for (Slot other : slots) {
      int common =
          other == slot ? 0 : Math.min(other.content.common(tenant.content()), tenant.reusable());
      if (common > most) {
        source = other;
        most = common;
      }
    }
    if (source != null) {
      decoder.copy(source.index, slot.index, slot.length(), most);
      tenant.found(most - slot.length());
      slot.content.append(tenant.content(), most);
    }
  }

  /**
   * Moves slots so that these are neighbours, with as few rows moved as possible; nothing is lost.
   *
   * @return these slots in the order of their places
   */
  List<Slot> gather(List<Slot> together) {
    int count = together.size();
    int first = bestWindow(together);
    for (int place = first; place < first + count; place++) {
      Slot here = at(place);
      if (!together.contains(here)) {
        Slot outside = outside(together, first, first + count);
        if (outside != null) {
          swap(here, outside);
        }
      }
    }
    return together.stream().sorted(Comparator.comparingInt(slot -> slot.index)).toList();
  }

  /** The run of places in which the fewest rows of these slots are missing. */
  private int bestWindow(List<Slot> together) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int first = 0; first + together.size() <= slots.size(); first++) {
      long moved = 0;
      for (Slot slot : together) {
        if (slot.index < first || slot.index >= first + together.size()) {
          moved += slot.length();
        }
      }
      if (moved < least) {
        least = moved;
        best = first;
      }
    }
    return best;
  }

  private static @Nullable Slot outside(List<Slot> together, int first, int end) {
    for (Slot slot : together) {
      if (slot.index < first || slot.index >= end) {
        return slot;
      }
    }
    return null;
  }

  private Slot at(int place) {
    for (Slot slot : slots) {
      if (slot.index == place) {
        return slot;
      }
    }
    throw new IllegalStateException("no slot at place " + place);
  }

  private void swap(Slot one, Slot other) {
    decoder.swap(one.index, other.index, Math.max(one.length(), other.length()));
    int place = one.index;
    one.index = other.index;
    other.index = place;
  }
}
