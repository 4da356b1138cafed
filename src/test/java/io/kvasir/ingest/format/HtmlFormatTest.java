package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages say in text what they say in a browser: tables, lists, exponents, parts, links. */
@Tag("slow")
final class HtmlFormatTest {
  @Test
  void everyRowOfATableSaysWhatItsColumnsAre() {
    assertThat(Reading.fault("ingest/confluence-table.html").text())
        .contains("Tariff: Sparrow | Storage: 10 GB | Price a month: 3 EUR\nTariff: Heron |");
    assertThat(Reading.fault("ingest/corner-table.html").text())
        .contains(
            """
            Speed | Wood: 1500 | Steel: – | Concrete: 900
            Bit | Wood: B1 | Steel: B2 | Concrete: B3
            Bit | Wood: C1 | Steel: C2 | Concrete: C3
            """);
  }

  @Test
  void cellsOverSeveralRowsAndColumnsStayInTheirs() {
    assertThat(
            text(
                "<table><tr><th rowspan=2>Year<th colspan=2>Sales<tr><th>North<th>South",
                "<tr><td rowspan=2>2020<td>1<td>2<tr><td colspan=2>none",
                "<tr><th colspan=3>Estimates<tr><td>2021<td>3<td>4</table>"))
        .isEqualTo(
            """
            Year: 2020 | Sales, North: 1 | Sales, South: 2
            Year: 2020 | Sales, North / Sales, South: none
            Estimates
            Estimates | Year: 2021 | Sales, North: 3 | Sales, South: 4""");
  }

  @Test
  void tablesWithoutHeadersAboveKeepTheirPlaces() {
    assertThat(text("<table><tr><td>a<td>b<td>c<tr><td><td>e<td>f</table>"))
        .isEqualTo("a | b | c\n | e | f");
    assertThat(text("<table><tr><th>Colour<td>red<tr><th>Weight:<td>3 kg<td>net</table>"))
        .isEqualTo("Colour: red\nWeight: 3 kg | net");
    assertThat(text("<table><tr><th>only<th>heads</table>")).isEqualTo("only | heads");
  }

  @Test
  void whatACellHoldsIsOneLine() {
    assertThat(
            text(
                "<table><tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><p>z<br>w",
                "<td><table><tr><td>1<td>2<tr><td>3<td>4</table><pre>p\n q</pre></table>"))
        .isEqualTo("A: x; y z w | B: 1 | 2; 3 | 4 p q");
  }

  @Test
  void aTableThatPlacesThingsIsRead() {
    assertThat(text("<table><tr><td><h2>Left</h2><p>one<p>two<td><div>right</div></table>"))
        .isEqualTo("Left\n\none\n\ntwo\n\nright");
    assertThat(text("<table role=presentation><tr><td>a<td>b</table>")).isEqualTo("a\n\nb");
    assertThat(text("<table><tr><td>a<tr><td><table><tr><td>1<td>2</table></table>"))
        .isEqualTo("a\n\n1 | 2");
  }

  @Test
  void aWideRowIsSeveralLinesThatEachSayWhoseTheyAre() {
    StringBuilder page = new StringBuilder("<table><tr><th>Name");
    for (int i = 0; i < 60; i++) {
      page.append("<th>Property ").append(i);
    }
    page.append("<tr><td>Heron").append("<td>some value".repeat(60)).append("</table>");
    assertThat(text(page.toString()).lines())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.startsWith("Name: Heron | Property "))
        .allMatch(line -> line.length() < 700);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "<ol start=5><li>a<li>b<li value=10>c<li>d</ol> # 5. a/6. b/10. c/11. d",
        "<ol reversed><li>a<li>b<li>c</ol> # 3. a/2. b/1. c",
        "<ol reversed start=9><li>a<li>b</ol> # 9. a/8. b",
        "<ol type=A start=26><li>a<li>b</ol> # Z. a/AA. b",
        "<ol type=i start=4><li>a<li type=1>b<li>c</ol> # iv. a/5. b/vi. c",
        "<ol start=-1><li>a<li>b<li>c</ol> # -1. a/0. b/1. c",
        "<ol start=x type=a><li value='3rd'>a<li value=99999999999>b</ol> # c. a/d. b",
        "<ol type=I start=4000><li>a</ol> # 4000. a",
      })
  void itemsHaveTheNumbersThatABrowserShows(String list, String lines) {
    assertThat(text(list)).isEqualTo(lines.replace('/', '\n'));
  }

  @Test
  void raisedAndLoweredFiguresChangeNoNumber() {
    assertThat(Reading.fault("ingest/corner-table.html").text())
        .contains("The lamp gives 10⁵ lux; a drop of 2⁻³ m is allowed.");
    assertThat(
            text(
                "<p>300<sup>2</sup> m<sup>2</sup>, H<sub>2</sub>O, x<sup>2n+k</sup>, a<sub>ij</sub>"))
        .isEqualTo("300² m², H₂O, x^(2n+k), a_(ij)");
    assertThat(
            text("<p>the 1<sup>st</sup> of 10 <sup>6</sup>, M<sup>me</sup> X, Kvasir<sup>®</sup>"))
        .isEqualTo("the 1st of 10 ⁶, Mme X, Kvasir®");
  }

  @Test
  void marksOfNotesStayApart() {
    assertThat(
            text(
                "<p>300<sup><a href='#n1'>2</a></sup> men<a href='#n3'>[3]</a> came",
                "<a class=footnote-ref href='#4'>4</a>.<p>Said so.<a href='#r1'>↩</a>"))
        .isEqualTo("300 [2] men [3] came [4].\n\nSaid so.");
  }

  @Test
  void headersAndFootersAreJudgedByTheirPlace() {
    assertThat(Reading.fault("ingest/hidden-parts.html").text())
        .contains(
            "Why our bread rises twice", "By the bakery team", "Old saying from Rhenish bakers")
        .contains("Rye or wheat", "Rye keeps nine days");
    String page =
        "<header>Shop <nav>menu</nav></header><div><header><h1>Title</h1><header>by us</header>"
            + "</header><section><footer>signed</footer></section></div><footer>imprint</footer>";
    assertThat(text(page)).isEqualTo("Title\n\nby us\n\nsigned");
    assertThat(text("<main>one</main><div role=contentinfo>x</div><article>two</article>around"))
        .isEqualTo("one\n\ntwo");
  }

  @Test
  void linksAndPicturesTellWhatTheirWordsDoNot() {
    assertThat(
            text(
                "<h1>On <a href='https://a.org/x'>x</a></h1>",
                "<p>See the <a href='https://a.org/m.pdf'>manual</a>, the",
                "<a href='https://a.org/m.pdf'>same</a>, <a href='http://www.a.org/'>a.org</a>,",
                "<a href='mailto:x@a.org'>us</a>, <a href='/shop'>shop</a>, <a href='#top'>top</a>.",
                "<p><img src=p.png alt='Plan of the harbour'><img src=line.png alt=''>"))
        .isEqualTo(
            "On x\n\nSee the manual (https://a.org/m.pdf), the same, a.org, us (x@a.org), shop, top."
                + "\n\n[Plan of the harbour]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<header>",
        "<main>",
        "<article>",
        "<table><tr><td>x",
        "<table><tr><th>h<tr><td>x",
        "<sup>",
        "<ol reversed>",
        "<ol reversed><li>x</ol>",
        "<a href=http://x.y>z",
        "<div class=note>",
        "<header>x</header>"
      })
  @Timeout(20)
  void nestedManyTimesTakesSeconds(String beginning) {
    String page = "<section>words</section>" + beginning.repeat(40_000) + "<h1>end</h1>";
    assertThat(Reading.of("a.html", page).text()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"colspan=999999999 rowspan=999999999", "rowspan=0", "colspan=-1 rowspan=x"})
  @Timeout(20)
  void spansAreBounded(String spans) {
    String cell = "<td " + spans + ">x";
    String page = "<table><tr>" + cell.repeat(20_000) + "<tr><td>y".repeat(2_000) + "</table>";
    assertThat(Reading.of("a.html", page).text()).contains("y");
  }

  private static String text(String... page) {
    return Reading.of("a.html", String.join(" ", page)).text();
  }
}
