package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.generate.ChatTemplate.Piece;
import io.kvasir.generate.Message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template from whoever published the weights reaches nothing and ends. */
@Tag("slow")
final class HostileTemplateTest {
  private static final String SECRET = "s3cret-of-this-server";

  /** Jinjava's own name for its interpreter, put together so that no check of the text sees it. */
  private static final String INTERPRETER = "{% set p = '____int3' ~ 'rpr3t' ~ '3r____' %}";

  @TempDir Path folder;

  /**
   * Ways to a file, FILE, or to the Java behind a value: of CVE-2025-59340, CVE-2026-25526, SSTI
   * lists, and ours.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'FILE' %}",
        "{% include 'file:FILE' %}",
        "{% import 'FILE' as secret %}{{ secret }}",
        "{% from 'FILE' import secret %}",
        "{% extends 'FILE' %}",
        "{{ ____int3rpr3t3r____ }}",
        "{{ ____int3rpr3t3r____.config.objectMapper.readTree('FILE') }}",
        INTERPRETER + "{{ messages[p] }}",
        INTERPRETER + "{{ messages[p].config }}",
        INTERPRETER + "{{ messages[p].getResource('FILE') }}",
        INTERPRETER + "{{ messages[0][p].render('{% include \"FILE\" %}') }}",
        INTERPRETER + "{% for x in [messages[p]] %}{{ x }}{% endfor %}",
        INTERPRETER + "{% for config, context in [messages[p]] %}{{ config }}{% endfor %}",
        INTERPRETER + "{% set i = messages[p] %}{{ i|tojson }}",
        INTERPRETER + "{{ [messages[p]]|map(attribute='config')|list }}",
        INTERPRETER + "{{ namespace(x=messages[p]).x.context }}",
        INTERPRETER + "{% macro m(x) %}{{ x.config }}{% endmacro %}{{ m(messages[p]) }}",
        "{{ ''.getClass().forName('java.nio.file.Files').readString('FILE') }}",
        "{{ ''.getClass() }}",
        "{{ messages.getClass().getClassLoader() }}",
        "{{ messages[0].getClass() }}",
        "{{ 1.5.getClass() }}",
        "{{ ''.getBytes() }}",
        "{{ messages.stream() }}",
        "{{ loop.getClass() or namespace().getClass() }}",
        "{% for m in messages %}{{ loop.next() }}{% endfor %}",
        "{% macro m() %}{% endmacro %}{{ __macros__.m.localContextScope }}",
        "{% macro m() %}{% endmacro %}{{ __macros__['m'] }}",
        "{{ messages|attr('class') }}",
        "{{ messages|pprint }}",
        "{{ 'FILE'|fromyaml }}",
        "{{ '!!java.io.FileInputStream [FILE]'|fromyaml }}",
        "{{ '{% include \"FILE\" %}'|render }}",
        "{{ filter:render.filter('{% include \"FILE\" %}', 1) }}",
        "{{ messages['filter:' ~ 'render'].filter('{% include \"FILE\" %}', 1, 2) }}",
        "{{ messages['filter:upper'].getClass() }}",
        "{{ messages['exptest:' ~ 'string'].getClass() }}",
        "{{ fn:list('a') }}",
        "{{ type(messages) }}",
        "{{ today() }}",
        "{{ messages[0].put('role', 'x') }}",
        "{% do messages.clear() %}",
        "{{ messages|frobnicate }}",
        "{{ messages is frobnicate }}",
        "{% autoescape true %}{% endautoescape %}",
      })
  void reachesNothing(String source) throws IOException {
    assertThatThrownBy(() -> rendered(source))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the decoder's chat template")
        .extracting(e -> ((ProblemException) e).kind())
        .isEqualTo(ProblemException.Kind.INVALID);
  }

  /** Like Python's sandbox: what a value does not have is undefined, and writes nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.class }}{{ ''['class'] }}{{ messages.class }}{{ messages[0].class }}{{ 1.5.class }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self }}{{ config }}{{ request }}{{ request.application.__globals__ }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ messages|selectattr('class')|map(attribute='class')|join }}",
        "{% for bytes, class in ['x'] %}{{ bytes }}{{ class }}{% endfor %}",
        "{% for m in messages %}{{ loop.class }}{{ loop.it }}{{ loop.iterator }}{% endfor %}",
      })
  void sees(String source) throws IOException {
    assertThat(rendered(source)).isEmpty();
  }

  /** Without an end, or larger than memory; each within a few seconds, however it is done. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for i in range(1000) %}{% for j in range(1000) %}{% set x = j %}{% endfor %}{% endfor %}",
        "{% set x %}{% for i in range(1000) %}{% for j in range(1000) %}xxxxxxxx{% endfor %}{% endfor %}{% endset %}",
        DOUBLING + "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        DOUBLING + "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
        DOUBLING + "{% set ns.x = [ns.x] + [ns.x] %}{% endfor %}{{ ns.x }}",
        DOUBLING + "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|tojson }}",
        DOUBLING + "{% set ns.x = {'a': ns.x, 'b': ns.x} %}{% endfor %}{{ ns.x ~ '' }}",
        "{% set n = namespace(x=[1], y=[1]) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}",
        "{% macro a(x) %}{{ b([x, x]) }}{% endmacro %}{% macro b(x) %}{{ a([x, x]) }}{% endmacro %}{{ a([1]) }}",
        "{% set n = namespace(x=1) %}{% set n.x = [n] %}{{ n ~ '' }}",
        "{% set a = namespace(x=1) %}{% set b = namespace(x=a) %}{% set a.x = b %}{{ a }}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% macro m() %}{{ __macros__.m() }}{% endmacro %}{{ m() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 'a'.repeat(1000000000) }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ 'x'|center(1000000000) }}",
        "{{ 'x'|indent(1000000000) }}",
        "{{ {'a': [1, [2]]}|tojson(indent=1000000000) }}",
        "{{ range(1000)|join('" + FIFTY + FIFTY + FIFTY + FIFTY + FIFTY + FIFTY + "') }}",
        BIG + "{{ ns.x|replace('a', ns.x) }}",
        BIG + "{{ ns.x.replace('', ns.x) }}",
        BIG + "{{ ns.x.join(range(1000)) }}",
        BIG
            + "{% for i in range(1000) %}{% for j in range(1000) %}{% set y = ns.x ~ j %}{% endfor %}{% endfor %}",
        "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'|regex_replace('(a+)+$', '') }}",
        "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.matches('(a+)+$') }}",
        "{% for i in range(1000) %}{{ messages[0].content }}{% endfor %}",
        "\uE00099\uE001",
      })
  void ends(String source) {
    assertRefusedSoon(source);
  }

  private static final String FIFTY = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  private static final String DOUBLING = "{% set ns = namespace(x='a') %}{% for i in range(100) %}";
  private static final String BIG =
      "{% set ns = namespace(x='a') %}{% for i in range(17) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}";

  @Test
  void largeAndDeepOnesEndToo() {
    assertRefusedSoon("x".repeat(1 << 17));
    assertRefusedSoon("{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}");
    assertRefusedSoon("{{ " + "[".repeat(5000) + "]".repeat(5000) + " }}");
    assertRefusedSoon("{% if true %}".repeat(5000));
    for (String long_ :
        List.of(
            "{{ 1" + " + 1".repeat(15_000) + " }}",
            "{{ " + "not ".repeat(15_000) + "1 }}",
            "{{ " + "1 if 1 else ".repeat(5000) + "1 }}",
            "{{ (" + "a ~ ".repeat(15_000) + "a) }}",
            "{{ 'a'" + "|upper".repeat(10_000) + " }}",
            "{% if true %}".repeat(2500) + "{% endif %}".repeat(2500))) {
      assertEndsSoon(long_);
    }
  }

  @Test
  void aRunawayHoldsNobodyElse() {
    ChatTemplate runaway =
        new ChatTemplate("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", "", "");
    ChatTemplate good = new ChatTemplate("{{ messages[0].content }}", "", "");
    Thread asking = new Thread(() -> assertThatThrownBy(() -> runaway.render(List.of(Role.USER))));
    asking.start();
    assertThat(good.render(List.of(Role.USER))).containsExactly(new Piece.Content(0));
    assertThatThrownBy(() -> runaway.render(List.of(Role.USER)))
        .isInstanceOf(ProblemException.class);
  }

  private static void assertRefusedSoon(String source) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> new ChatTemplate(source, "", "").render(List.of(Role.USER)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the decoder's chat template");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(TemplateThread.MAX_WAIT.multipliedBy(2));
  }

  private static void assertEndsSoon(String source) {
    long begin = System.nanoTime();
    try {
      new ChatTemplate(source, "", "").render(List.of(Role.USER));
    } catch (ProblemException stopped) {
      assertThat(stopped).hasMessageContaining("the decoder's chat template");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(TemplateThread.MAX_WAIT.multipliedBy(2));
  }

  private String rendered(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("secret.txt"), SECRET);
    ChatTemplate template = new ChatTemplate(source.replace("FILE", file.toString()), "", "");
    return template.render(List.of(Role.SYSTEM, Role.USER)).stream()
        .map(piece -> piece instanceof Piece.Marks marks ? marks.text() : "")
        .collect(Collectors.joining());
  }
}
