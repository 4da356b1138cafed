package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people wrote onto a PDF's pages is read where it stands. */
final class PdfAnnotationsTest {
  @TempDir private Path folder;

  @Test
  void aFilledFormIsReadWithLabelsAndValues() throws IOException {
    assertThat(load(Path.of("src/test/resources/faults/pdf/form.pdf")))
        .isEqualTo(
            """
            Application for a boat licence

            Name of the boat: Graureiher

            Length in metres: 7.35

            Insured: [x] Yes""");
  }

  @Test
  void listsRadioButtonsAndFieldsOfSeveralLinesAreRead() throws IOException {
    String text =
        drawn(
            page -> {
              page.lines(60, 700, 30, "Harbour:", "Berth:", "Remarks:");
              page.at(60, 500, "Yours, the keeper");
              COSDictionary list = field(page, "Ch", 200, 695, 400, 712);
              list.setString(COSName.V, "s");
              COSArray option = new COSArray();
              option.add(new COSString("s"));
              option.add(new COSString("Stralsund"));
              COSArray options = new COSArray();
              options.add(option);
              list.setItem(COSName.OPT, options);
              COSDictionary group = new COSDictionary();
              group.setName(COSName.FT, "Btn");
              for (String state : new String[] {"inner", "Off"}) {
                COSDictionary button =
                    field(page, "", state.equals("Off") ? 300 : 200, 667, 220, 680);
                button.removeItem(COSName.FT);
                button.setItem(COSName.PARENT, group);
                button.setName(COSName.AS, state);
              }
              field(page, "Tx", 200, 560, 500, 660)
                  .setString(COSName.V, "Comes in May.\nLeaves in June.");
              COSDictionary secret = field(page, "Tx", 200, 460, 500, 480);
              secret.setInt(COSName.FF, 1 << 13);
              secret.setString(COSName.V, "password");
            });
    assertThat(text)
        .contains("Harbour: Stralsund")
        .contains("Berth: [x] inner [ ]")
        .containsSubsequence("Remarks:", "Comes in May.\nLeaves in June.", "Yours, the keeper")
        .doesNotContain("password");
  }

  @Test
  void fieldsOfATurnedPageStandBehindTheirLabels() throws IOException {
    String text =
        drawn(
            page -> {
              page.pdf().getPage(0).setRotation(90);
              page.turned(100, 60, 90, "Name:");
              page.turned(130, 60, 90, "Length:");
              field(page, "Tx", 88, 150, 105, 300).setString(COSName.V, "Heron");
              field(page, "Tx", 118, 150, 135, 300).setString(COSName.V, "12 m");
            });
    assertThat(text).contains("Name: Heron").contains("Length: 12 m");
  }

  @Test
  void commentsAreNamedAsCommentsAndWhatIsHiddenIsNot() throws IOException {
    String text =
        drawn(
            page -> {
              page.at(60, 700, "The fee is 31 EUR.");
              COSDictionary note = annotation(page, "Text", 300, 700, 320, 720);
              note.setString(COSName.CONTENTS, "Should be 32.");
              note.setString(COSName.T, "Otto");
              annotation(page, "Highlight", 60, 698, 90, 712)
                  .setString(COSName.CONTENTS, "Which one?");
              annotation(page, "Popup", 300, 600, 400, 700)
                  .setString(COSName.CONTENTS, "Should be 32.");
              COSDictionary hidden = annotation(page, "Text", 0, 0, 1, 1);
              hidden.setInt(COSName.F, 2);
              hidden.setString(COSName.CONTENTS, "never mind");
              annotation(page, "FreeText", 60, 640, 300, 655)
                  .setString(COSName.CONTENTS, "Paid in May");
            });
    assertThat(text)
        .isEqualTo(
            "The fee is 31 EUR.\n\nPaid in May\n\nComment by Otto: Should be 32.\n\n"
                + "Comment: Which one?");
  }

  private static COSDictionary field(PdfDrawing page, String sort, float... rectangle) {
    COSDictionary field = annotation(page, "Widget", rectangle);
    field.setName(COSName.FT, sort);
    return field;
  }

  private static COSDictionary annotation(PdfDrawing page, String sort, float... rectangle) {
    COSDictionary annotation = new COSDictionary();
    annotation.setName(COSName.SUBTYPE, sort);
    COSArray corners = new COSArray();
    for (float corner : rectangle) {
      corners.add(new COSFloat(corner));
    }
    annotation.setItem(COSName.RECT, corners);
    COSDictionary dictionary = page.pdf().getPage(0).getCOSObject();
    COSArray all = dictionary.getCOSArray(COSName.ANNOTS);
    if (all == null) {
      all = new COSArray();
      dictionary.setItem(COSName.ANNOTS, all);
    }
    all.add(annotation);
    return annotation;
  }

  private String drawn(Consumer<PdfDrawing> drawing) throws IOException {
    return load(
        PdfDrawing.write(
            folder.resolve("drawn.pdf"),
            page -> {
              page.page();
              drawing.accept(page);
            }));
  }

  private static String load(Path file) throws IOException {
    return Reading.of("a.pdf", file).text();
  }
}
