package io.kvasir.memory;

/**
 * Everything that is kept of prompts outside the decoder's cache.
 *
 * @param prompts their beginnings, whole
 * @param passages single passages
 */
public record Memory(PromptMemory prompts, PassageMemory passages) {
  /** Both over one store, with one heap. */
  public static Memory of(MemoryStore store, MemoryOptions options) {
    RowsHeap heap = new RowsHeap(options);
    return new Memory(
        new PromptMemory(store, options, heap), new PassageMemory(store, options, heap));
  }
}
