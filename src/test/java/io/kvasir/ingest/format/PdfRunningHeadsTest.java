package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands at the edges of a PDF's pages: what only says where one is goes, all else stays. */
final class PdfRunningHeadsTest {
  private static final String[] NUMBERS = {
    "None", "One", "Two", "Three", "Four", "Five", "Six", "Seven"
  };

  @TempDir private Path folder;

  @Test
  void whatInvoicesBeginAndEndWithIsContent() throws IOException {
    String text = load(Path.of("src/test/resources/faults/pdf/invoices.pdf"));
    for (int i = 1; i <= 5; i++) {
      assertThat(text).contains("Invoice 204" + i);
    }
    assertThat(text).contains("Total to pay: 512.40 EUR").contains("Total to pay: 1920.00 EUR");
  }

  @Test
  void numberedArticlesAndClausesThatComeAgainAreContent() throws IOException {
    String text =
        pages(
            4,
            (page, number) -> {
              page.at(60, 780, "Article " + number);
              page.lines(60, 740, 12, NUMBERS[number] + " of us may moor here.");
              page.at(60, 500, "Whoever moors here pays.");
              page.at(60, 80, "Price of berth " + number + ": " + number + "00 EUR");
            });
    for (int i = 1; i <= 4; i++) {
      assertThat(text).contains("Article " + i).contains("Price of berth " + i + ": " + i + "00");
    }
    assertThat(text.split("Whoever moors here pays", -1)).hasSize(5);
  }

  @Test
  void numbersInFieldsOfAHeadAreContent() throws IOException {
    String text =
        pages(
            4,
            (page, number) -> {
              page.at(60, 800, "Invoice no.");
              page.at(500, 800, String.valueOf(number));
              page.at(60, 740, NUMBERS[number] + " was paid.");
            });
    assertThat(text).contains("Invoice no. 1").contains("Invoice no. 4");
  }

  @Test
  void headingsInLargeLettersAndHeadsOfTablesAreContent() throws IOException {
    String text =
        pages(
            4,
            (page, number) -> {
              page.size(16).at(60, 780, "Receipt");
              page.size(10).lines(60, 740, 12, NUMBERS[number] + " was paid.", "It was cash.");
            });
    assertThat(text.split("Receipt", -1)).hasSize(5);
    assertThat(
            pages(
                4,
                (page, number) ->
                    page.lines(
                        60,
                        780,
                        12,
                        "Boat and fee",
                        NUMBERS[number] + " 31",
                        NUMBERS[number - 1] + " 7")))
        .contains("Boat and fee\nFour 31");
  }

  @Test
  void copiesOfAFormAreContent() throws IOException {
    String text =
        pages(
            4,
            (page, number) -> {
              page.at(60, 790, "Licence for boats");
              page.lines(60, 740, 14, "Name:", "Length:", "Berth:", "I will pay the fee.");
              page.at(150, 740, NUMBERS[number]);
              page.at(60, 60, "Signed by the keeper");
            });
    assertThat(text.split("Licence for boats", -1)).hasSize(5);
    assertThat(text.split("Signed by the keeper", -1)).hasSize(5);
  }

  @Test
  void headsFeetAndNumbersAtTheEdgesAreLeftOut() throws IOException {
    assertThat(
            pages(
                4,
                (page, number) -> {
                  page.at(60, 800, "The harbour of Stralsund");
                  page.at(60, 740, NUMBERS[number] + " of us.");
                  page.at(290, 40, "- " + number + " -");
                }))
        .isEqualTo("One of us.\n\nTwo of us.\n\nThree of us.\n\nFour of us.");
    assertThat(
            pages(
                5,
                (page, number) -> {
                  page.at(60, 740, NUMBERS[number] + " of us.");
                  page.at(60, 52, "Harbour office, 5 Pier Road");
                  page.at(290, 40, "Page " + number + " of 5");
                }))
        .isEqualTo("One of us.\n\nTwo of us.\n\nThree of us.\n\nFour of us.\n\nFive of us.");
  }

  @Test
  void headsThatAlternateAndChangeWithTheChapterAreLeftOut() throws IOException {
    String text =
        pages(
            7,
            (page, number) -> {
              if (number % 2 == 0) {
                page.at(60, 800, String.valueOf(number));
                page.at(400, 800, "The harbour");
              } else {
                page.at(60, 800, number < 4 ? "Chapter 1. Boats of…" : "Chapter 2. Fees");
                page.at(520, 800, String.valueOf(number));
              }
              page.at(60, 740, NUMBERS[number] + " of us.");
              if (number == 1 || number == 4) {
                page.at(60, 600, number == 1 ? "Boats of Otto" : "Fees");
              }
            });
    assertThat(text.replace("\n\n", " "))
        .isEqualTo(
            "One of us. Boats of Otto Two of us. Three of us. Four of us. Fees Five of us. Six of us."
                + " Seven of us.");
  }

  @Test
  void romanAndChineseNumbersOfPagesAreLeftOut() throws IOException {
    String[] roman = {"", "i", "ii", "iii", "iv"};
    assertThat(
            pages(
                4,
                (page, number) -> {
                  page.at(60, 740, NUMBERS[number] + " of us.");
                  page.at(290, 40, roman[number]);
                }))
        .isEqualTo("One of us.\n\nTwo of us.\n\nThree of us.\n\nFour of us.");
    assertThat(PdfPageNumber.in("第 3 页 共 10 页", 3)).isNotEmpty();
    assertThat(PdfPageNumber.in("Debian 参考手册 17 / 271", 30)).isNotEmpty();
    assertThat(PdfPageNumber.in("Invoice 2041", 1)).isEmpty();
    assertThat(PdfPageNumber.in("Article 7", 7)).isEmpty();
  }

  @Test
  void twoPagesLoseTheirNumbersOnly() throws IOException {
    assertThat(
            pages(
                2,
                (page, number) -> {
                  page.at(60, 800, "Minutes of the meeting");
                  page.at(60, 740, NUMBERS[number] + " of us.");
                  page.at(290, 40, "Page " + number + "/2");
                }))
        .isEqualTo("Minutes of the meeting\n\nOne of us.\n\nMinutes of the meeting\n\nTwo of us.");
  }

  @Test
  void aFormWithDottedLinesIsNoPageOfContents() throws IOException {
    String dots = " " + ".".repeat(60);
    String form =
        pages(
            1,
            (page, number) ->
                page.lines(
                    60,
                    700,
                    14,
                    "Name" + dots,
                    "Street" + dots,
                    "Town" + dots,
                    "Boat" + dots,
                    "Length" + dots,
                    "Berth" + dots));
    assertThat(form).contains("Name ....").contains("Berth ....");
    String menu =
        pages(
            2,
            (page, number) ->
                page.lines(
                    60,
                    700,
                    14,
                    "Coffee" + dots + " 4",
                    "Tea" + dots + " 3",
                    "Cake" + dots + " 5",
                    "Soup" + dots + " 4.50",
                    "Bread" + dots + " 2",
                    "Honey" + dots + " 6"));
    assertThat(menu).contains("Soup").contains("Honey");
  }

  @Test
  void longDottedLinesAreReadInNoTime() throws IOException {
    String dots = ". ".repeat(30_000);
    assertThat(pages(1, (page, number) -> page.lines(60, 700, 14, dots, "Name " + dots + "x")))
        .endsWith("x");
  }

  private String pages(int count, BiConsumer<PdfDrawing, Integer> drawing) throws IOException {
    return load(
        PdfDrawing.write(
            folder.resolve("drawn.pdf"),
            page -> {
              for (int i = 1; i <= count; i++) {
                page.page();
                drawing.accept(page, i);
              }
            }));
  }

  private static String load(Path file) throws IOException {
    return Reading.of("a.pdf", file).text();
  }
}
