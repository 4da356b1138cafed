package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * Refuses a PDF with a stream that unpacks to more than fits in memory, which PDFBox would try: a
 * few megabytes can hold gigabytes.
 */
final class PdfStreams {
  /** The most bytes that a stream may unpack to; pages that people read have a hundredth of it. */
  static final int MAX_BYTES = 64 << 20;

  /** Their sizes are not known before a picture of that size is in memory. */
  private static final Set<COSName> OF_IMAGES =
      Set.of(
          COSName.DCT_DECODE,
          COSName.DCT_DECODE_ABBREVIATION,
          COSName.JPX_DECODE,
          COSName.JBIG2_DECODE,
          COSName.CCITTFAX_DECODE,
          COSName.CCITTFAX_DECODE_ABBREVIATION);

  private PdfStreams() {}

  /**
   * Unpacks every stream but those of images, which are not read.
   *
   * @throws ProblemException TOO_LARGE if one is larger than {@link #MAX_BYTES}
   */
  static void check(COSDocument document) throws IOException {
    for (COSObjectKey key : List.copyOf(document.getXrefTable().keySet())) {
      COSObject object = document.getObjectFromPool(key);
      if (object.getObject() instanceof COSStream stream
          && !COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
        unpackedBytes(stream, MAX_BYTES);
      }
    }
  }

  /**
   * How much a stream unpacks to.
   *
   * @throws ProblemException TOO_LARGE if that is more than so many bytes
   */
  static long unpackedBytes(COSStream stream, long maxBytes) throws IOException {
    COSBase written = stream.getFilters();
    List<? extends COSBase> filters =
        written instanceof COSArray several
            ? several.toList()
            : written == null ? List.of() : List.of(written);
    byte[] packed;
    try (InputStream raw = stream.createRawInputStream()) {
      packed = raw.readNBytes(MAX_BYTES + 1);
    }
    if (packed.length > maxBytes) {
      throw tooLarge();
    }
    for (int i = 0; i < filters.size(); i++) {
      if (!(filters.get(i) instanceof COSName name) || OF_IMAGES.contains(name)) {
        return packed.length;
      }
      Bounded unpacked = new Bounded(maxBytes);
      FilterFactory.INSTANCE
          .getFilter(name)
          .decode(new ByteArrayInputStream(packed), unpacked, stream, i);
      packed = unpacked.toByteArray();
    }
    return packed.length;
  }

  private static final class Bounded extends ByteArrayOutputStream {
    private final long maxBytes;

    Bounded(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void write(int one) {
      room(1);
      super.write(one);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      room(length);
      super.write(bytes, offset, length);
    }

    private void room(int more) {
      if (size() + (long) more > maxBytes) {
        throw tooLarge();
      }
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        Kind.TOO_LARGE,
        "has a part that unpacks to more than %d MiB; print or export it to PDF anew"
            .formatted(MAX_BYTES >> 20));
  }
}
