package io.kvasir.ingest.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** Reads a PDF's outline ("bookmarks"), which is where its headings are named. */
final class PdfOutline {
  /** The most entries read; an outline can run in a circle. */
  static final int MAX_ENTRIES = 10_000;

  /** How deep entries are read; deeper ones are no headings to anybody. */
  static final int MAX_LEVEL = 6;

  private static final System.Logger LOG = System.getLogger(PdfOutline.class.getName());

  private final PDDocument pdf;
  private final IdentityHashMap<COSDictionary, Integer> numbers = new IdentityHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private PdfOutline(PDDocument pdf) {
    this.pdf = pdf;
    for (PDPage page : pdf.getPages()) {
      numbers.put(page.getCOSObject(), numbers.size() + 1);
    }
  }

  /**
   * An entry.
   *
   * @param title as the outline has it, often without the number in the text
   * @param level 1 is outermost
   * @param page where it leads, from 1
   */
  record Entry(String title, int level, int page) {}

  /** The entries that lead to a page, in order; none if the outline is broken. */
  static List<Entry> of(PDDocument pdf) {
    PDOutlineNode root = pdf.getDocumentCatalog().getDocumentOutline();
    PdfOutline outline = new PdfOutline(pdf);
    if (root != null) {
      try {
        outline.read(root, 1);
      } catch (IOException | RuntimeException e) {
        // The text can be read without; only its headings are missing from here on.
        LOG.log(System.Logger.Level.DEBUG, "the rest of an outline is broken", e);
      }
    }
    return outline.entries;
  }

  private void read(PDOutlineNode parent, int level) throws IOException {
    for (PDOutlineItem item : parent.children()) {
      if (entries.size() >= MAX_ENTRIES) {
        return;
      }
      PDPage page = item.findDestinationPage(pdf);
      Integer number = page == null ? null : numbers.get(page.getCOSObject());
      String title = item.getTitle();
      if (number != null && title != null) {
        entries.add(new Entry(title, level, number));
      }
      if (level < MAX_LEVEL) {
        read(item, level + 1);
      }
    }
  }
}
