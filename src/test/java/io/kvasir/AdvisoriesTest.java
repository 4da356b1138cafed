package io.kvasir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The list of advisories against what is not Maven's, both lock files of npm and pgvector; the
 * build's enforcer holds the rest of it.
 */
final class AdvisoriesTest {
  private static final List<Row> ROWS = new ArrayList<>();

  private record Row(
      String system, String coordinate, String safe, String id, String date, String only) {
    boolean bans(String name, String version) {
      return coordinate.equals(name) && Arrays.compare(numbers(version), numbers(safe)) < 0;
    }

    private static int[] numbers(String version) {
      return Pattern.compile("\\d+")
          .matcher(version.split("-", 2)[0])
          .results()
          .mapToInt(each -> Integer.parseInt(each.group()))
          .toArray();
    }
  }

  @BeforeAll
  static void read() throws Exception {
    NodeList rows =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("src/advisories/advisories.xml").toFile())
            .getElementsByTagName("*");
    for (int i = 0; i < rows.getLength(); i++) {
      if (rows.item(i) instanceof Element row && row.hasAttribute("coordinate")) {
        ROWS.add(
            new Row(
                row.getTagName(),
                row.getAttribute("coordinate"),
                row.getAttribute("safe"),
                row.getAttribute("id"),
                row.getAttribute("date"),
                row.getAttribute("only")));
      }
    }
  }

  @Test
  void everyRowNamesItsAdvisory() {
    assertThat(ROWS.get(0))
        .isEqualTo(
            new Row(
                "maven", "com.hubspot.jinjava:jinjava", "2.8.1", "CVE-2025-59340", "2025-09", ""));
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.system()).isIn("maven", "npm", "pgvector");
              assertThat(row.safe()).matches("\\d+(\\.\\d+)+(\\.Final)?");
              assertThat(row.id()).matches("CVE-\\d{4}-\\d{4,}|GHSA(-[0-9a-z]{4}){3}");
              assertThat(row.date()).matches("20\\d\\d-[01]\\d");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"web/package-lock.json", "src/test/node/package-lock.json"})
  void noPackageOfTheLockFileIsOnTheList(String file) throws IOException {
    assertThat(banned(new ObjectMapper().readTree(Path.of(file).toFile()))).isEmpty();
  }

  @Test
  void findsAnOldPackageWhereverItIsInTheLockFile() throws IOException {
    JsonNode lock =
        new ObjectMapper()
            .readTree(
                """
                {"packages": {
                  "": {"name": "page"},
                  "node_modules/dompurify": {"version": "3.2.3"},
                  "node_modules/vite/node_modules/nanoid": {"version": "3.3.7"},
                  "node_modules/@some/ws": {"version": "1.0.0"},
                  "node_modules/marked": {"version": "4.0.10"}}}""");
    assertThat(banned(lock))
        .containsExactly("dompurify 3.2.3: CVE-2025-26791", "nanoid 3.3.7: CVE-2024-55565");
  }

  @Test
  void noPgvectorOfTheListIsAskedForOrBuilt() throws IOException {
    String launcher = Files.readString(Path.of("src/launcher/packages.sh"));
    String adapter =
        Files.readString(Path.of("src/main/java/io/kvasir/postgres/VectorExtension.java"));
    String pod = Files.readString(Path.of("k8s/overlays/dev/database.yaml"));
    String built = found(launcher, "(?m)^pgvector_fallback=(\\S+)");
    List<String> asked =
        List.of(
            found(launcher, "(?m)^least_pgvector=(\\S+)"),
            found(adapter, "MINIMUM = \"([^\"]+)\""),
            found(pod, "pgvector/pgvector:([0-9.]+)-"));
    List<Row> rows = ROWS.stream().filter(row -> row.system().equals("pgvector")).toList();
    assertThat(rows).isNotEmpty();
    assertThat(rows).noneMatch(row -> row.bans("pgvector", built));
    assertThat(rows)
        .filteredOn(row -> row.only().isEmpty())
        .noneMatch(row -> asked.stream().anyMatch(version -> row.bans("pgvector", version)));
  }

  private static List<String> banned(JsonNode lock) {
    List<String> found = new ArrayList<>();
    lock.get("packages")
        .properties()
        .forEach(
            each -> {
              String path = each.getKey();
              int at = path.lastIndexOf("node_modules/");
              String name = at < 0 ? "" : path.substring(at + "node_modules/".length());
              String version = each.getValue().path("version").asText();
              ROWS.stream()
                  .filter(row -> row.system().equals("npm") && row.bans(name, version))
                  .forEach(row -> found.add(name + " " + version + ": " + row.id()));
            });
    return found;
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
