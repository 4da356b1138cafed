package io.kvasir.generate;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinjava, with nothing in it but what chat templates use. A template comes with the weights, from
 * whoever published them: it may compute with the values it is given, and reach nothing else.
 */
final class TemplateEngine extends Jinjava {
  /** The longest rendering, in characters, without the contents. */
  static final int MAX_CHARACTERS = 1 << 20;

  /** Macros within macros. */
  static final int MAX_MACROS = 32;

  /** Numbers that a range has. */
  static final int MAX_RANGE = 1_000;

  private static final Set<String> TAGS =
      Set.of(
          "for",
          "endfor",
          "if",
          "elif",
          "else",
          "endif",
          "set",
          "endset",
          "macro",
          "endmacro",
          "call",
          "endcall",
          "raw",
          "endraw",
          "break",
          "continue",
          "do");

  private static final Set<String> FILTERS =
      Set.of(
          "length",
          "count",
          "map",
          "select",
          "selectattr",
          "reject",
          "rejectattr",
          "unique",
          "int",
          "float",
          "abs",
          "sum");

  private static final Set<String> TESTS =
      Set.of(
          "defined",
          "undefined",
          "none",
          "true",
          "false",
          "truthy",
          "boolean",
          "string",
          "number",
          "integer",
          "float",
          "mapping",
          "sequence",
          "iterable",
          "in",
          "even",
          "odd",
          "divisibleby",
          "eq",
          "equalto",
          "==",
          "ne",
          "!=",
          "lt",
          "lessthan",
          "<",
          "le",
          "<=",
          "gt",
          "greaterthan",
          ">",
          "ge",
          ">=",
          "sameas",
          "lower",
          "upper");

  private static final Set<String> OWN_FILTERS =
      TemplateFilters.all().stream().map(Importable::getName).collect(Collectors.toSet());

  private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace");

  private final TemplateExpressions expressions = new TemplateExpressions();

  TemplateEngine() {
    super(
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false)
            // Without it {{- leaves the blanks that templates indent with.
            .withLegacyOverrides(
                LegacyOverrides.newBuilder().withUseTrimmingForNotesAndExpressions(true).build())
            .withDisabled(everythingElse())
            .withElResolver(new TemplateValues())
            .withEnableRecursiveMacroCalls(true)
            .withMaxMacroRecursionDepth(MAX_MACROS)
            .withRangeLimit(MAX_RANGE)
            .withMaxOutputSize(MAX_CHARACTERS)
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor((node, interpreter) -> Rendering.current().tag())
                    .build())
            .build());
    setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new IOException("a chat template must not include " + name);
        });
    TemplateFilters.all().forEach(getGlobalContext()::registerFilter);
    registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", TemplateEngine.class, "refuse", String.class));
  }

  /** Whether templates may use a filter or test, by the name that Jinjava's parser gives it. */
  static boolean allows(String name) {
    String plain = name.substring(name.indexOf(':') + 1);
    return name.startsWith(ExtendedParser.FILTER_PREFIX)
        ? FILTERS.contains(plain) || OWN_FILTERS.contains(plain)
        : TESTS.contains(plain);
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressions;
  }

  /**
   * What templates call to refuse a chat, for example one that does not begin with a user.
   *
   * @return nothing, ever
   */
  public static String refuse(String reason) {
    Rendering.current()
        .refuse(
            new ProblemException(
                ProblemException.Kind.INVALID,
                "the decoder's chat template refuses this chat: " + reason));
    return "";
  }

  /** What Jinjava brings and templates may not use, by what a new version adds, too. */
  private static Map<Library, Set<String>> everythingElse() {
    Context whole = new Context();
    Map<Library, Set<String>> disabled = new EnumMap<>(Library.class);
    Set<String> filters = new HashSet<>(FILTERS);
    filters.addAll(OWN_FILTERS);
    disabled.put(Library.TAG, namesBut(whole.getAllTags(), TAGS));
    disabled.put(Library.FILTER, namesBut(whole.getAllFilters(), filters));
    disabled.put(Library.EXP_TEST, namesBut(whole.getAllExpTests(), TESTS));
    disabled.put(Library.FUNCTION, namesBut(whole.getAllFunctions(), FUNCTIONS));
    return disabled;
  }

  private static Set<String> namesBut(Collection<? extends Importable> all, Set<String> allowed) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !allowed.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
