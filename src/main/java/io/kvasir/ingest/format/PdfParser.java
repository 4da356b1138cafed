package io.kvasir.ingest.format;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * Opens a PDF. The streams that hold its objects and their table are unpacked while it is opened,
 * before anything else can be looked at, so they are measured first, all of them together.
 */
final class PdfParser extends PDFParser {
  private final Set<Long> measured = new HashSet<>();
  private long unpacked;

  /** One for a file. What it unpacks stays in memory, of which the process has so much. */
  PdfParser(RandomAccessRead file) throws IOException {
    super(file, "", null, null, IOUtils.createMemoryOnlyStreamCache());
  }

  @Override
  protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
    COSStream stream = super.parseCOSStream(dictionary);
    if (COSName.XREF.equals(dictionary.getCOSName(COSName.TYPE))) {
      measure(stream);
    }
    return stream;
  }

  @Override
  protected COSBase parseObjectStreamObject(long container, COSObjectKey key) throws IOException {
    if (measured.add(container)
        && document.getObjectFromPool(getObjectKey(container, 0)).getObject()
            instanceof COSStream stream) {
      measure(stream);
    }
    return super.parseObjectStreamObject(container, key);
  }

  private void measure(COSStream stream) throws IOException {
    unpacked += PdfStreams.unpackedBytes(stream, PdfStreams.MAX_BYTES - unpacked);
  }
}
