package io.kvasir.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** A report says what was measured, needs nothing but itself, and runs nothing of what it shows. */
final class ReportTest {
  private static final String SERVER = "http://127.0.0.1:8080";
  private static final String EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&%s";

  private static Document page(ReportInput input) {
    return Jsoup.parse(HtmlReport.of(input));
  }

  private static ReportInput evil() {
    return ReportSamples.input(
        EVIL,
        "javascript:alert(3)",
        List.of(new LabelledQuestion("=" + EVIL, EVIL, List.of(EVIL), true, Map.of(EVIL, 1))),
        List.of(
            new Result(
                "=" + EVIL, "rag", EVIL, "=1+1" + EVIL, EVIL, Map.of(Measure.CONTAINED, 1.0))));
  }

  @Test
  void everyRowHasItsBarWithItsIntervalAndItsLineInTheTable() {
    Document page = page(ReportSamples.of(50, SERVER));

    Element contained = page.selectFirst("figure:has(h3:containsOwn(contained))");
    assertThat(contained.select(".name").eachText())
        .containsExactly("rag", "rag k=1", "attention", "oracle", "closed-book");
    assertThat(contained.select(".interval")).hasSize(5);
    assertThat(contained.selectFirst("figcaption").text()).contains("n = 40");
    assertThat(page.select("table").get(0).select("tbody th").eachText())
        .containsExactly("rag", "rag k=1", "attention", "oracle", "closed-book");
    assertThat(page.select("table").get(1).select("tbody th").eachText())
        .containsExactly("rag k=1", "attention", "oracle", "closed-book");
    assertThat(page.select("table").get(1).select("td.better")).isNotEmpty();
  }

  @Test
  void questionsCarryWhatTheFiltersAskAndOpenTheirContrasts() {
    ReportInput input = ReportSamples.of(50, SERVER);
    Document page = page(input);

    assertThat(page.select("#questions > details")).hasSize(50);
    assertThat(page.selectFirst("#questions").attr("data-paths"))
        .isEqualTo(" rag attention closed-book ");
    for (int i = 0; i < 50; i++) {
      Element shown = page.select("#questions > details").get(i);
      String id = input.questions().get(i).id();
      Set<String> by = new TreeSet<>();
      for (int row = 0; row < 5; row++) {
        Result result = input.byQuestion().get(id).get(input.rows().get(row).name());
        boolean right = result.says(Measure.CONTAINED) || result.says(Measure.ABSTAINED);
        assertThat(shown.attr("data-right").contains(" " + row + " ")).isEqualTo(right);
        if (right && row != 3) {
          by.add(input.rows().get(row).path());
        }
        assertThat(shown.attr("data-found").contains(" " + row + " "))
            .isEqualTo(result.says(Measure.RECALL_10));
      }
      assertThat(shown.attr("data-by").strip().split(" "))
          .as("by whichever row of a path, whatever the oracle says")
          .containsExactlyInAnyOrder(by.isEmpty() ? new String[] {""} : by.toArray(String[]::new));
    }
    assertThat(page.select("a").eachAttr("href"))
        .hasSize(200)
        .contains(SERVER + "/#/contrast/c-0-0");
  }

  @Test
  void flowsAreAsThickAsTheirQuestions() {
    Document page = page(ReportSamples.of(50, SERVER));
    assertThat(page.select(".flow")).hasSize(4);
    for (Element flow : page.select(".flow")) {
      int sum =
          flow.select("path title").eachText().stream()
              .mapToInt(said -> Integer.parseInt(said.substring(0, said.indexOf(' '))))
              .sum();
      assertThat(sum).isEqualTo(50);
    }
  }

  @Test
  void nothingIsLoadedAndOnlyItsOwnScriptMayRun() throws Exception {
    Document page = page(ReportSamples.of(3, SERVER));

    assertThat(page.select("link, img, iframe, script[src], [style], [onclick], base")).isEmpty();
    String policy = page.selectFirst("meta[http-equiv]").attr("content");
    assertThat(policy).startsWith("default-src 'none';");
    for (String name : List.of("style", "script")) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(page.selectFirst(name).data().getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(name + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
  }

  @Test
  void whatOthersWroteIsTextAndNothingElse() {
    Document page = page(evil());

    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("a")).isEmpty();
    assertThat(page.selectFirst("h1").text()).isEqualTo(EVIL);
    assertThat(page.selectFirst(".asked").text()).isEqualTo(EVIL);
    assertThat(page.selectFirst(".answer p").text()).isEqualTo("=1+1" + EVIL);
  }

  @Test
  void anExperimentThatHasJustBegunIsAReportToo() {
    ReportInput begun = ReportSamples.input("Begun", SERVER, List.of(), List.of());
    assertThat(page(begun).select("h1").text()).isEqualTo("Begun");
    assertThat(JsonReport.of(begun)).contains("\"results\" : [ ]");
    assertThat(CsvReport.results(begun)).startsWith("question,text,gold,row,");
  }

  @Test
  void recordsThatCouldNotBeUsedAreNamed() {
    assertThat(page(ReportSamples.of(3, SERVER)).select("dd").eachText())
        .contains("squad.json, line 7: the question has no text", "the half for reporting");
  }

  @Test
  void jsonHasAllOfIt() throws Exception {
    ReportInput input = ReportSamples.of(50, SERVER);
    JsonNode report = new ObjectMapper().readTree(JsonReport.of(input));

    assertThat(report.path("rows")).hasSize(5);
    assertThat(report.path("results")).hasSize(250);
    assertThat(report.path("questions")).hasSize(50);
    assertThat(report.path("moves").path(0).path("moves")).hasSize(9);
    JsonNode contained = report.path("rows").path(0).path("all").path("contained");
    assertThat(contained.path("questions").asInt()).isEqualTo(40);
    assertThat(contained.path("mean").asDouble())
        .isEqualTo(input.summary().rows().get(0).all().get(Measure.CONTAINED).mean().mean());
    assertThat(report.path("rows").path(1).path("differences").path("contained").has("p")).isTrue();
    assertThat(report.path("checksum").asText()).isEqualTo("cd".repeat(32));
  }

  @Test
  void tablesAreReadBackAsTheyWereAndHoldNoFormulas() throws Exception {
    try (CSVParser parser =
        CSVParser.parse(
            new StringReader(CsvReport.results(evil())),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      CSVRecord line = parser.iterator().next();
      assertThat(line.get("text")).isEqualTo(EVIL);
      assertThat(line.get("answer")).isEqualTo("'=1+1" + EVIL);
      assertThat(line.get("contained")).isEqualTo("1.0");
      assertThat(line.get("mrr")).isEmpty();
    }
    assertThat(CsvReport.summary(ReportSamples.of(50, SERVER)).lines())
        .anyMatch(line -> line.startsWith("rag k=1,difference from rag,contained,"))
        .anyMatch(line -> line.startsWith("rag,unknown,contained,"));
  }

  @Test
  void theSameResultsGiveTheSameFiles() {
    assertThat(HtmlReport.of(ReportSamples.of(20, SERVER)))
        .isEqualTo(HtmlReport.of(ReportSamples.of(20, SERVER)));
  }
}
