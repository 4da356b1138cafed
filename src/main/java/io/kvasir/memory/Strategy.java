package io.kvasir.memory;

import io.kvasir.generate.PlacedRows;
import io.kvasir.generate.StoredRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of passages that were read apart from one another when they stand in one prompt. The
 * wire name is the lower case name with hyphens. The first one always stands where it was read,
 * right behind what every prompt begins with, and is what reading it there would give.
 */
public enum Strategy {
  /** Each one's keys are turned to where it stands: it has seen the instructions, no neighbour. */
  SHARED_PREFIX {
    @Override
    public List<PlacedRows> place(List<Block> blocks) {
      return blocks.stream().map(block -> PlacedRows.at(block.rows(), block.at())).toList();
    }
  },

  /**
   * All of them end at the same position, right before the question, and their keys are scaled for
   * a temperature of {@link #TEMPERATURE}: none is nearer than another (APE, arXiv 2502.05431).
   */
  SAME_PLACE {
    @Override
    public List<PlacedRows> place(List<Block> blocks) {
      int end = blocks.isEmpty() ? 0 : last(blocks).at() + last(blocks).rows().count();
      return blocks.stream()
          .map(
              block ->
                  new PlacedRows(
                      block.rows(),
                      0,
                      block.at(),
                      end - block.rows().count() - block.rows().first(),
                      1 / TEMPERATURE))
          .toList();
    }
  },

  /**
   * The first {@link #REREAD} tokens of each but the first are read again behind those before it
   * (EPIC, arXiv 2410.15332): the first tokens of a text draw attention wherever they stand.
   */
  REREAD_BEGINNINGS {
    @Override
    public List<PlacedRows> place(List<Block> blocks) {
      List<PlacedRows> placed = new ArrayList<>();
      for (Block block : blocks) {
        PlacedRows rows = PlacedRows.at(block.rows(), block.at());
        if (placed.isEmpty()) {
          placed.add(rows);
        } else if (block.rows().count() > REREAD) {
          placed.add(rows.behind(REREAD));
        }
      }
      return placed;
    }
  };

  /** Of attention to passages at the same place; below 1 it is sharper. */
  static final float TEMPERATURE = 0.9f;

  /** Tokens of a passage that are read again. */
  static final int REREAD = 16;

  /**
   * A passage's rows and where its tokens begin in a prompt.
   *
   * @param rows as they were stored
   * @param at position of its first token
   */
  public record Block(StoredRows rows, int at) {}

  /** Puts passages into a prompt, given in its order. */
  public abstract List<PlacedRows> place(List<Block> blocks);

  private static Block last(List<Block> blocks) {
    return blocks.get(blocks.size() - 1);
  }

  /** The one of a wire name. */
  public static Strategy named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
