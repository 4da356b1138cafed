package io.kvasir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of packages in CONTRIBUTING.md is true: who reads it knows who knows whom. */
@Tag("slow")
final class PackageMapTest {
  private static final String ROOT = "io.kvasir";
  private static final String MAIN = "Main";
  private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

  private static final Map<String, Set<String>> MAP = new LinkedHashMap<>();
  private static final Map<String, Set<String>> CODE = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("CONTRIBUTING.md"));
    int row = lines.indexOf("| package | holds | knows |") + 2;
    for (; lines.get(row).startsWith("|"); row++) {
      String[] cells = lines.get(row).split(" \\| ", -1);
      MAP.put(names(cells[0]).get(0), new TreeSet<>(names(cells[2])));
    }
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    for (JavaClass each : classes) {
      Set<String> known = CODE.computeIfAbsent(name(each), name -> new TreeSet<>());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !name(target).equals(name(each))) {
          known.add(name(target));
        }
      }
    }
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? MAIN : name.substring(ROOT.length() + 1);
  }

  @Test
  void everyPackageHasARow() {
    assertThat(MAP.keySet()).containsExactlyInAnyOrderElementsOf(CODE.keySet());
  }

  @TestFactory
  Stream<DynamicTest> aPackageKnowsThoseOfItsRow() {
    return CODE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(entry.getValue())
                            .isEqualTo(MAP.getOrDefault(entry.getKey(), Set.of()))));
  }

  @TestFactory
  Stream<DynamicTest> aPackageKnowsOnlyThoseBelowIt() {
    List<String> floors = List.copyOf(MAP.keySet());
    return floors.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(MAP.getOrDefault(name, Set.of()))
                            .allSatisfy(
                                known ->
                                    assertThat(floors.indexOf(known))
                                        .as(known)
                                        .isGreaterThan(floors.indexOf(name)))));
  }
}
