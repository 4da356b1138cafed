package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads on a page of a PDF, in the order in which a person reads it. */
final class PdfReadingTest {
  private static final String[] LEFT = {
    "The keeper prunes the pear trees", "in February, before the sap rises.",
    "A ladder hangs in the old shed,", "and the gate opens each Monday,",
    "unless there is a lot of snow."
  };
  private static final String[] RIGHT = {
    "Bees are moved to the heather in", "August. Every hive has a number,",
    "and honey is drawn by hand, so", "that the wax goes to the candle",
    "maker of the next village, Otto."
  };

  @TempDir private Path folder;

  @Test
  void raisedFiguresDoNotChangeNumbers() throws IOException {
    assertThat(text("exponent"))
        .isEqualTo("The lamp gives 10⁵ lux. The fee is 300² euros a year.\n\n2  Without tax.");
  }

  @Test
  void footnoteMarksAndExponentsAreToldApartFromWhatTheyStandBehind() throws IOException {
    assertThat(
            drawn(
                page ->
                    page.raised(60, 700, "It grew by 10", "-7", " m", "2", " in 2024", "3", ".")))
        .isEqualTo("It grew by 10⁻⁷ m² in 2024³.");
    assertThat(
            drawn(
                page ->
                    page.raised(
                        60, 700, "The 21", "st", " fee", "a", " of Duplo", "TM", " is x", "n+1")))
        .isEqualTo("The 21st feeᵃ of Duplo™ is xⁿ⁺¹");
  }

  @Test
  void loweredFiguresAndMarksBeforeWordsAreTold() throws IOException {
    String water =
        drawn(
            page -> {
              page.at(60, 700, "H");
              page.size(6).at(67.3f, 698, "2");
              page.size(10).at(70.7f, 700, "O is drunk.");
              page.size(6).at(60, 604, "1");
              page.size(10).at(63.5f, 600, "Every day.");
            });
    assertThat(water).isEqualTo("H₂O is drunk.\n\n¹Every day.");
  }

  @Test
  void aTurnedTableIsReadInItsOwnDirection() throws IOException {
    assertThat(text("sidewaystable"))
        .isEqualTo(
            """
            Table 3 lists the berths of the harbour.

            Berth Length Fee
            Heron 12 m 31 EUR
            Egret 9 m 22 EUR
            Bittern 7 m 17 EUR""");
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "270, 270", "180, 180", "0, 270", "0, 180"})
  void turnedPagesAreReadInTheirDirection(int page, int words) throws IOException {
    double angle = Math.toRadians(words);
    String read =
        drawn(
            drawing -> {
              drawing.pdf().getPage(0).setRotation(page);
              for (int i = 0; i < 3; i++) {
                double x = 300 + 20 * i * Math.sin(angle);
                double y = 400 - 20 * i * Math.cos(angle);
                drawing.turned((float) x, (float) y, words, "Line " + i + " of the sheet");
              }
            });
    assertThat(read.replace("\n\n", "\n"))
        .isEqualTo("Line 0 of the sheet\nLine 1 of the sheet\nLine 2 of the sheet");
  }

  @Test
  void stampsInTheMarginAndWatermarksAreLeftOut() throws IOException {
    String read =
        drawn(
            page -> {
              for (int i = 0; i < 4; i++) {
                if (i > 0) {
                  page.page();
                }
                page.size(60).turned(150, 250, 45, "CONFIDENTIAL");
                page.size(10).lines(90, 700, 12, LEFT);
                page.size(20).turned(30, 300, 90, "arXiv:2401.01234v1 [cs.CL]");
                page.size(8).turned(300, 60, 30, "copy of Otto");
              }
            });
    assertThat(read).doesNotContain("CONF").doesNotContain("arXiv").doesNotContain("copy");
    assertThat(read).startsWith("The keeper prunes").endsWith("a lot of snow.");
  }

  @Test
  void smallSlantedHeadsOfColumnsAreRead() throws IOException {
    String read =
        drawn(
            page -> {
              page.lines(60, 600, 14, "Heron 4 7", "Egret 2 9");
              page.turned(100, 615, 45, "berths");
              page.turned(115, 615, 45, "boats");
            });
    assertThat(read).contains("berths").contains("boats").startsWith("Heron 4 7\nEgret 2 9");
  }

  @Test
  void linesOfOneAndAHalfSpacesAreOneParagraph() throws IOException {
    assertThat(text("spacing15").replace('\n', ' '))
        .isEqualTo(
            "The orchard keeper prunes the pear trees before the sap rises. A ladder with nine rungs"
                + " hangs in the shed, and the inspection of the gate takes place each Monday."
                + " Honey is drawn with an extractor that the village owns.");
  }

  @Test
  void doubleSpacedLinesAreOneParagraphAndAGapBeginsAnother() throws IOException {
    assertThat(drawn(page -> page.lines(60, 700, 23, LEFT)).replace('\n', ' '))
        .isEqualTo(String.join(" ", LEFT));
    assertThat(
            drawn(
                page -> {
                  page.lines(60, 700, 15, LEFT);
                  page.lines(60, 615, 15, RIGHT);
                }))
        .isEqualTo(String.join("\n", LEFT) + "\n\n" + String.join("\n", RIGHT));
  }

  @Test
  void hyphensOfWordsStayAndThoseOfBreaksGo() throws IOException {
    String read =
        drawn(
            page ->
                page.lines(
                    60,
                    700,
                    12,
                    "The well-known keeper is well-",
                    "known for his e-",
                    "mail and the data-",
                    "base. Our database is user-",
                    "friendly in the re-",
                    "entry of the 20-",
                    "year plan (re-entry), Ost-",
                    "West, and exam-",
                    "ple after exam\u00AD",
                    "ple."));
    assertThat(read)
        .isEqualTo(
            "The well-known keeper is well-known for his e-mail and the database. Our database is"
                + " user-friendly in the re-entry of the 20-year plan (re-entry), Ost-West, and"
                + " example after example.");
  }

  @ParameterizedTest
  @CsvSource({"twocol-rows", "twocol-cols"})
  void columnsAreReadOneAfterTheOther(String name) throws IOException {
    assertThat(text(name).replace("\n\n", " ").replace('\n', ' '))
        .isEqualTo(
            "The orchard keeper prunes the pear trees in late February, before the sap rises. A"
                + " user-friendly ladder with nine rungs is kept in the shed, and the inspection of"
                + " the re-entry gate takes place each Monday. Bees are moved to the heather in"
                + " August. Every hive has a brass number plate, and honey is drawn with a hand"
                + " extractor. Wax goes to the candle maker in the next village, who pays four euros"
                + " a kilo.");
  }

  @Test
  void threeColumnsBelowATitleAreReadThoughTheyAreDrawnRowByRow() throws IOException {
    String read =
        drawn(
            page -> {
              page.size(16).at(60, 760, "News of the whole village and its surroundings");
              page.size(9);
              for (int i = 0; i < LEFT.length; i++) {
                page.at(40, 700 - 12 * i, LEFT[i]);
                page.at(220, 700 - 12 * i, RIGHT[i]);
                page.at(400, 700 - 12 * i, LEFT[i].replace("the", "our"));
              }
              page.at(
                  40,
                  600,
                  "All of this was written by the keeper, who has nothing else to do in winter.");
            });
    assertThat(read.replace("\n\n", "\n"))
        .startsWith(
            "News of the whole village and its surroundings\n"
                + String.join("\n", LEFT)
                + "\n"
                + String.join("\n", RIGHT)
                + "\n"
                + String.join("\n", LEFT).replace("the", "our")
                + "\nAll of this");
  }

  @Test
  void rowsOfATableStayTogetherHoweverTheyAreDrawn() throws IOException {
    String[][] rows = {
      {"Boat", "Length in metres", "Fee"},
      {"Heron", "12", "31 EUR"},
      {"Egret", "9", "22 EUR"},
      {"Bittern", "7", "17 EUR"}
    };
    String table = "Boat Length in metres Fee\nHeron 12 31 EUR\nEgret 9 22 EUR\nBittern 7 17 EUR";
    assertThat(
            drawn(
                page -> {
                  for (int r = 0; r < rows.length; r++) {
                    for (int c = 0; c < 3; c++) {
                      page.at(60 + 150 * c, 700 - 14 * r, rows[r][c]);
                    }
                  }
                }))
        .isEqualTo(table);
    assertThat(
            drawn(
                page -> {
                  for (int c = 0; c < 3; c++) {
                    for (int r = 0; r < rows.length; r++) {
                      page.at(60 + 150 * c, 700 - 14 * r, rows[r][c]);
                    }
                  }
                }))
        .isEqualTo(table);
  }

  @Test
  void addressesBesideEachOtherStayWhole() throws IOException {
    String read =
        drawn(
            page -> {
              page.lines(60, 700, 12, "Heron Limited", "5 Harbour Road", "Stralsund");
              page.lines(350, 700, 12, "Otto the Keeper", "Orchard Lane", "Next Village");
            });
    assertThat(read)
        .isEqualTo(
            "Heron Limited\n5 Harbour Road\nStralsund\n\nOtto the Keeper\nOrchard Lane\nNext Village");
  }

  @Test
  void lettersDrawnTwiceToLookBoldAreReadOnce() throws IOException {
    assertThat(
            drawn(
                page -> {
                  page.at(60, 700, "Total to pay: 1001 EUR");
                  page.at(60.3f, 700, "Total to pay: 1001 EUR");
                }))
        .isEqualTo("Total to pay: 1001 EUR");
  }

  @Test
  void whatReadsFromTheRightIsPutIntoTheOrderOfReading() {
    String seen = "(12.5 m) \u05DD\u05D5\u05DC\u05E9 PDF";
    assertThat(PdfWords.asSeen(seen)).isEqualTo("PDF \u05E9\u05DC\u05D5\u05DD (12.5 m)");
    assertThat(PdfWords.asSeen("see \u05DD\u05D5\u05DC\u05E9 here"))
        .isEqualTo("see \u05E9\u05DC\u05D5\u05DD here");
  }

  @Test
  void aPageWithoutWordsIsCounted() throws IOException {
    LoadedDocument document =
        load(
            PdfDrawing.write(
                folder.resolve("a.pdf"),
                page -> {
                  page.page();
                  page.page();
                  page.at(60, 700, "Behind an empty page.");
                }));
    assertThat(document.blocks().get(0).page()).isEqualTo(2);
  }

  private String drawn(Consumer<PdfDrawing> drawing) throws IOException {
    return load(PdfDrawing.write(
            folder.resolve("drawn.pdf"),
            page -> {
              page.page();
              drawing.accept(page);
            }))
        .text();
  }

  private static String text(String name) throws IOException {
    return load(Path.of("src/test/resources/faults/pdf", name + ".pdf")).text();
  }

  private static LoadedDocument load(Path file) throws IOException {
    return Reading.of("a.pdf", file);
  }
}
