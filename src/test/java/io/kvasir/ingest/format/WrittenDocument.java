package io.kvasir.ingest.format;

import java.util.function.Consumer;

/** A document that a test writes block by block, as a format's reader does. */
public final class WrittenDocument {
  private final DocumentDraft draft =
      new DocumentDraft(new PlainTextFormat(), new DocumentLimits(1, 1, 1 << 24));

  private WrittenDocument() {}

  /** The document that was written. */
  public static LoadedDocument of(Consumer<WrittenDocument> writing) {
    WrittenDocument document = new WrittenDocument();
    writing.accept(document);
    return document.draft.finish("", null);
  }

  /** The page of what follows. */
  public void page(int number) {
    draft.page(number);
  }

  /** Adds a heading. */
  public void heading(int level, String words) {
    draft.heading(level, words);
  }

  /** Adds a paragraph. */
  public void block(String words) {
    draft.block(words);
  }

  /** Adds a line that belongs to the one before. */
  public void line(String words) {
    draft.line(words);
  }
}
