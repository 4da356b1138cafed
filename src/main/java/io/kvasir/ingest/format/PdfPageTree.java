package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Counts a PDF's pages before they are listed: how many a file says it has need not be true, and
 * one page can be in the file once and in the tree a million times.
 */
final class PdfPageTree {
  /** How deep a tree may be, which is read by recursion; real ones have less than ten levels. */
  static final int MAX_DEPTH = 500;

  private final int maxPages;
  private final Set<COSDictionary> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Level> levels = new ArrayDeque<>();
  private int pages;

  private PdfPageTree(int maxPages) {
    this.maxPages = maxPages;
  }

  /**
   * How many pages there are.
   *
   * @throws ProblemException TOO_LARGE if there are more than allowed, INVALID if the tree is none
   */
  static int count(PDDocument pdf, int maxPages) {
    PdfPageTree tree = new PdfPageTree(maxPages);
    COSDictionary root = pdf.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
    if (root != null) {
      tree.enter(root);
    }
    while (!tree.levels.isEmpty()) {
      tree.next();
    }
    return tree.pages;
  }

  private static final class Level {
    private final COSArray kids;
    private int next;

    Level(COSArray kids) {
      this.kids = kids;
    }
  }

  private void next() {
    Level level = levels.peek();
    if (level == null || level.next == level.kids.size()) {
      levels.pop();
    } else if (level.kids.getObject(level.next++) instanceof COSDictionary kid) {
      enter(kid);
    } else {
      // PDFBox takes what is missing for an empty page.
      page();
    }
  }

  private void enter(COSDictionary node) {
    COSArray kids = node.getCOSArray(COSName.KIDS);
    if (kids == null) {
      page();
    } else if (nodes.add(node)) {
      levels.push(new Level(kids));
    }
    if (levels.size() > MAX_DEPTH) {
      throw new ProblemException(
          Kind.INVALID,
          "has pages nested more than %d levels deep; print or export it to PDF anew"
              .formatted(MAX_DEPTH));
    }
  }

  private void page() {
    pages++;
    if (pages > maxPages) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has more than %d pages; split it or raise the setting ingest.max-pages"
              .formatted(maxPages));
    }
  }
}
