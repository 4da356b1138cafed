package io.kvasir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which library only one package imports, and what a package must not know; the map of all packages
 * is held by {@link PackageMapTest}.
 */
@AnalyzeClasses(packages = "io.kvasir", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] PURE = {
    "io.kvasir.core..",
    "io.kvasir.encode..",
    "io.kvasir.generate..",
    "io.kvasir.attend..",
    "io.kvasir.gguf..",
    "io.kvasir.models..",
    "io.kvasir.config..",
    "io.kvasir.contrast.path..",
    "io.kvasir.evaluate..",
    "io.kvasir.ingest.format..",
    "io.kvasir.json..",
    "io.kvasir.numeric..",
    "io.kvasir.keys..",
    "io.kvasir.observe..",
    "io.kvasir.weights.."
  };

  private static final java.util.Set<String> FUTURES =
      java.util.Set.of(
          "io.vertx.core.Future",
          "io.vertx.core.Promise",
          "io.vertx.core.CompositeFuture",
          "io.vertx.core.AsyncResult",
          "io.vertx.core.Completable",
          "io.vertx.core.Handler");

  @ArchTest
  static final ArchRule packagesHaveNoCircle =
      slices().matching("io.kvasir.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreNeedsOnlyTheJdk =
      noClasses()
          .that()
          .resideInAPackage("io.kvasir.core..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("io.kvasir.core..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule purePackagesKnowNoRuntime =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "ai.onnxruntime..", "ai.djl..", "java.sql..");

  @ArchTest
  static final ArchRule onlyTheOnnxAdapterSeesTheRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kvasir.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.djl..");

  @ArchTest
  static final ArchRule onlyThePostgresAdapterSeesTheClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kvasir.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.pgclient..", "io.vertx.sqlclient..");

  @ArchTest
  static final ArchRule onlyTheHttpAdapterSeesTheWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kvasir.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.ext.web..");

  @ArchTest
  static final ArchRule useCasesSeeOneTypeOfThePlatform =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.kvasir.contrast..", "io.kvasir.evidence..", "io.kvasir.retrieve..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are of Vert.x, other than Future and what makes one",
                  (com.tngtech.archunit.core.domain.JavaClass type) ->
                      type.getPackageName().startsWith("io.vertx")
                          && !FUTURES.contains(type.getName())));

  @ArchTest
  static final ArchRule adaptersAreWiredByTheServerAndTheBenches =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kvasir.server..",
              "io.kvasir.bench..",
              "io.kvasir.telemetry..",
              "io.kvasir.onnx..",
              "io.kvasir.postgres..",
              "io.kvasir.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kvasir.onnx..",
              "io.kvasir.postgres..",
              "io.kvasir.http..",
              "io.kvasir.telemetry..");

  @ArchTest
  static final ArchRule onlyTelemetrySeesWhatMeasures =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kvasir.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

  @ArchTest
  static final ArchRule onlyReadersAndReportsSeeTables =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.kvasir.evaluate..", "io.kvasir.ingest.format")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.csv..");

  @ArchTest
  static final ArchRule telemetrySeesNoAdapter =
      noClasses()
          .that()
          .resideInAPackage("io.kvasir.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.kvasir.onnx..", "io.kvasir.postgres..", "io.kvasir.http..");

  @ArchTest
  static final ArchRule onnxSeesNoOtherAdapter = noOtherAdapter("onnx", "postgres", "http");

  @ArchTest
  static final ArchRule postgresSeesNoOtherAdapter = noOtherAdapter("postgres", "onnx", "http");

  @ArchTest
  static final ArchRule httpSeesNoOtherAdapter = noOtherAdapter("http", "onnx", "postgres");

  private static ArchRule noOtherAdapter(String one, String other, String third) {
    return noClasses()
        .that()
        .resideInAPackage("io.kvasir." + one + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kvasir." + other + "..", "io.kvasir." + third + "..");
  }
}
