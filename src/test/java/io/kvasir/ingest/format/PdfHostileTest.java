package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PDFs that are small and become large, or go on for ever: each ends soon, with what to do. */
@Tag("slow")
@Timeout(60)
final class PdfHostileTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final DocumentLimits LIMITS = new DocumentLimits(64 << 20, 1_000, 400_000);

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1000000", "1", "2147483647"})
  void aMillionKidsOfOnePageAreRefusedWhateverTheirCountIs(int count) throws IOException {
    write("%PDF-1.7\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Count " + count + " /Kids [" + "3 0 R ".repeat(1_000_000) + "] >>");
    object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>");
    refused("has more than 1000 pages; split it or raise the setting ingest.max-pages");
  }

  @Test
  void aTreeThatGrowsWithEveryLevelIsRefused() throws IOException {
    write("%PDF-1.7\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    for (int i = 2; i < 40; i++) {
      String kid = (i + 1) + " 0 R ";
      object("<< /Type /Pages /Count 9 /Kids [" + kid.repeat(2) + "] >>");
    }
    object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>");
    // Each node counts once, as PDFBox lists it once.
    refused("has no text");
  }

  @Test
  void aTreeTooDeepForRecursionIsRefused() throws IOException {
    write("%PDF-1.7\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    for (int i = 2; i < 20_000; i++) {
      object("<< /Type /Pages /Count 1 /Kids [" + (i + 1) + " 0 R] >>");
    }
    object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>");
    refused("pages nested more than 500 levels deep");
  }

  @Test
  void aPageThatIsThereAThousandTimesIsReadInBounds() throws IOException {
    write("%PDF-1.7\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Count 1000 /Kids [" + "3 0 R ".repeat(1_000) + "] >>");
    object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font <<"
            + " /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>");
    String content = "BT /F 9 Tf 50 700 Td 11 TL " + "(word after word) ' ".repeat(400) + "ET";
    object("<< /Length " + content.length() + " >> stream\n" + content + "\nendstream");
    refused("has a text of more than 400000 characters");
  }

  @ParameterizedTest
  @CsvSource({"-3, 0", "0, -3", "7919, 104729"})
  void lettersAllOverThePlaceAreReadInSeconds(int x, int y) throws IOException {
    write("%PDF-1.7\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font <<"
            + " /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>");
    StringBuilder content = new StringBuilder("BT /F 1 Tf ");
    for (int i = 0; i < 60_000; i++) {
      content.append("1 0 0 1 %d %d Tm (a) Tj ".formatted(x * i % 600_000, y * i % 800_000));
    }
    object("<< /Length " + content.length() + " >> stream\n" + content + "ET\nendstream");
    assertThat(new DocumentReader(LIMITS).read("a.pdf", finished()).text()).contains("a");
  }

  @ParameterizedTest
  @CsvSource({"1, 80", "40, 4"})
  void objectStreamsAreMeasuredTogetherBeforeTheyAreRead(int streams, int mebibytes)
      throws IOException {
    write("%PDF-1.7\n");
    int first = 4;
    for (int i = 0; i < streams; i++) {
      String[] objects =
          i == 0
              ? new String[] {
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
              }
              : new String[] {"null"};
      StringBuilder numbers = new StringBuilder();
      StringBuilder values = new StringBuilder();
      for (int o = 0; o < objects.length; o++) {
        numbers
            .append(i == 0 ? o + 1 : first + streams + i)
            .append(' ')
            .append(values.length())
            .append(' ');
        values.append(objects[o]).append(' ');
      }
      byte[] packed = packed(numbers.toString() + values, mebibytes * MEBIBYTE);
      begin(first + i);
      write(
          "<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >> stream\n"
              .formatted(objects.length, numbers.length(), packed.length));
      bytes.write(packed);
      write("\nendstream endobj\n");
    }
    finishWithTableInStream(first, streams, 0);
    refused("has a part that unpacks to more than 64 MiB; print or export it to PDF anew");
  }

  @Test
  void aTableOfObjectsIsMeasuredBeforeItIsRead() throws IOException {
    write("%PDF-1.7\n");
    begin(1);
    write("<< /Type /Catalog /Pages 2 0 R >> endobj\n");
    finishWithTableInStream(2, 0, 80 * MEBIBYTE);
    refused("has a part that unpacks to more than 64 MiB");
  }

  /** Object 1 to 3 are in the first stream, the others are streams; each other stream has one. */
  private void finishWithTableInStream(int first, int streams, int padding) throws IOException {
    int size = first + 2 * streams + 1;
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int i = 0; i < size; i++) {
      if (i > 0 && i < first && streams > 0) {
        row(rows, 2, first, i - 1);
      } else if (i >= first && i < first + streams) {
        row(rows, 1, offsets.get(i - first), 0);
      } else if (i > first + streams) {
        row(rows, 2, i - streams, 0);
      } else {
        row(rows, i == 1 ? 1 : 0, i == 1 ? offsets.get(0) : 0, 0);
      }
    }
    byte[] packed = packed(rows.toString(StandardCharsets.ISO_8859_1), padding);
    int start = bytes.size();
    write(
        ("%d 0 obj << /Type /XRef /Size %d /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d"
                + " >> stream\n")
            .formatted(size, size, packed.length));
    bytes.write(packed);
    write("\nendstream endobj\nstartxref\n" + start + "\n%%EOF\n");
  }

  private static void row(ByteArrayOutputStream rows, int sort, int value, int last) {
    rows.write(sort);
    for (int shift = 24; shift >= 0; shift -= 8) {
      rows.write(value >> shift);
    }
    rows.write(last);
  }

  private static byte[] packed(String content, int padding) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(content.getBytes(StandardCharsets.ISO_8859_1));
      byte[] spaces = " ".repeat(MEBIBYTE).getBytes(StandardCharsets.ISO_8859_1);
      for (int i = 0; i < padding / MEBIBYTE; i++) {
        deflater.write(spaces);
      }
    }
    return packed.toByteArray();
  }

  private void object(String value) {
    begin(offsets.size() + 1);
    write(value + " endobj\n");
  }

  private void begin(int number) {
    offsets.add(bytes.size());
    write(number + " 0 obj ");
  }

  private void write(String ascii) {
    bytes.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void refused(String words) throws IOException {
    Path file = finished();
    assertThat(Files.size(file)).isLessThan(16L * MEBIBYTE);
    assertThatThrownBy(() -> new DocumentReader(LIMITS).read("a.pdf", file))
        .hasMessageContaining(words);
  }

  private Path finished() throws IOException {
    if (!bytes.toString(StandardCharsets.ISO_8859_1).contains("startxref")) {
      int start = bytes.size();
      write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
      offsets.forEach(offset -> write("%010d 00000 n \n".formatted(offset)));
      write(
          "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
              .formatted(offsets.size() + 1, start));
    }
    return Files.write(folder.resolve("a.pdf"), bytes.toByteArray());
  }
}
