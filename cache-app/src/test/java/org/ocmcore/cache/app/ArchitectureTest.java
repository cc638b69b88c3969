package org.ocmcore.cache.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house as docs/adr/0001-hexagonal-modules.md has it. */
class ArchitectureTest {
  private static final String ROOT = "org.ocmcore.cache";

  /** The bindings, and what else each of them may use beside Java and the domain. */
  private static final Map<String, List<String>> BINDINGS = Map.of(
      "jackson", List.of("tools.jackson.."),
      "jcache", List.of("javax.cache..", "javax.management.."),
      "junit", List.of("org.junit.jupiter.api..", "org.junit.platform..", ROOT + ".adapter.."),
      "micrometer", List.of("io.micrometer.core.."),
      "spring",
          List.of(
              "org.springframework.cache..",
              "org.springframework.core..",
              "org.springframework.util.."),
      "spring-boot",
          List.of(
              "org.springframework..",
              "io.micrometer.core..",
              ROOT + ".spring",
              ROOT + ".micrometer",
              ROOT + ".adapter.memcached"),
      "zstd", List.of("com.github.luben.zstd.."));

  private static final Set<String> OPENING_STORES = Set.of("junit", "spring-boot");

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages("org.ocmcore");

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  /** Without the packages below: those of spring-boot are below that of spring. */
  private static String packageOf(String binding) {
    return ROOT + "." + binding.replace('-', '.');
  }

  /** The bindings that open a store themselves, or those that do not. */
  private static String[] bindings(boolean openStores) {
    return BINDINGS.keySet().stream()
        .filter(binding -> OPENING_STORES.contains(binding) == openStores)
        .map(ArchitectureTest::packageOf)
        .toArray(String[]::new);
  }

  @Test
  void arrowsPointInwards() {
    check(layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("app")
        .definedBy(ROOT + ".app..")
        .layer("adapters")
        .definedBy(ROOT + ".adapter.*..")
        .layer("bindings")
        .definedBy(bindings(false))
        .layer("bindings that open stores")
        .definedBy(bindings(true))
        .layer("viewer")
        .definedBy(ROOT + ".viewer..")
        .layer("domain")
        .definedBy(ROOT + ".domain..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("adapters")
        .mayOnlyBeAccessedByLayers("app", "bindings that open stores")
        .whereLayer("bindings")
        .mayOnlyBeAccessedByLayers("bindings that open stores")
        .whereLayer("bindings that open stores")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("viewer")
        .mayOnlyBeAccessedByLayers("app", "adapters")
        .whereLayer("domain")
        .mayOnlyBeAccessedByLayers("app", "adapters", "bindings", "bindings that open stores")
        .ensureAllClassesAreContainedInArchitecture());
  }

  @Test
  void noAdapterKnowsAnother() {
    check(slices().matching(ROOT + ".adapter.(*)..").should().notDependOnEachOther());
  }

  @Test
  void bindingsUseTheDomainAndTheirLibraryOnly() {
    assertAll(BINDINGS.entrySet().stream()
        .map(binding -> () -> check(classes()
            .that()
            .resideInAPackage(packageOf(binding.getKey()))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", ROOT + ".domain..", packageOf(binding.getKey()))
                    .or(resideInAnyPackage(binding.getValue().toArray(String[]::new)))))));
  }

  @Test
  void everyBindingHasItsRule() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("../bindings"))) {
      assertEquals(
          BINDINGS.keySet(),
          folders
              .filter(folder -> Files.exists(folder.resolve("pom.xml")))
              .map(folder -> folder.getFileName().toString())
              .collect(Collectors.toSet()));
    }
  }

  @Test
  void theDomainIsJavaAlone() {
    check(classes()
        .that()
        .resideInAPackage(ROOT + ".domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", ROOT + ".domain.."));
  }

  @Test
  void theViewerIsJavaAndZstdAlone() {
    check(classes()
        .that()
        .resideInAPackage(ROOT + ".viewer..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.io",
            "java.lang..",
            "java.math",
            "java.nio..",
            "java.time..",
            "java.util..",
            "com.github.luben.zstd..",
            ROOT + ".viewer.."));
    check(noClasses()
        .that()
        .resideInAPackage(ROOT + ".viewer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void guiceIsInTheAppOnly() {
    assertOnlyIn("com.google.inject..", ROOT + ".app..");
  }

  @Test
  void xmemcachedIsInItsAdapterOnly() {
    assertOnlyIn("net.rubyeye.xmemcached..", ROOT + ".adapter.memcached..");
    assertOnlyIn("com.google.code.yanf4j..", ROOT + ".adapter.memcached..");
  }

  @Test
  void tlsIsInTheMemcachedAdapterOnly() {
    assertOnlyIn("tlschannel..", ROOT + ".adapter.memcached..");
  }

  @Test
  void javalinIsInTheHttpAdapterOnly() {
    assertOnlyIn("io.javalin..", ROOT + ".adapter.http..");
    assertOnlyIn("org.eclipse.jetty..", ROOT + ".adapter.http..");
  }

  @Test
  void prometheusIsInItsAdapterOnly() {
    assertOnlyIn("io.prometheus..", ROOT + ".adapter.prometheus..");
  }

  @Test
  void logbackIsInTheAppOnly() {
    assertOnlyIn("ch.qos.logback..", ROOT + ".app..");
  }

  @Test
  void picocliIsInTheCliAdapterOnly() {
    assertOnlyIn("picocli..", ROOT + ".adapter.cli..");
    assertOnlyIn("org.jline..", ROOT + ".adapter.cli..");
  }

  @Test
  void caffeineIsInTheMemoryAdapterOnly() {
    assertOnlyIn("com.github.benmanes.caffeine..", ROOT + ".adapter.memory..");
  }

  @Test
  void jacksonIsUsedForJsonOnly() {
    assertOnlyIn(
        "tools.jackson..",
        ROOT + ".adapter.http..",
        ROOT + ".adapter.cli..",
        ROOT + ".adapter.file..",
        ROOT + ".app..",
        ROOT + ".jackson..");
    assertOnlyIn("com.fasterxml.jackson..", ROOT + ".adapter.http..", ROOT + ".adapter.cli..");
  }

  @Test
  void librariesAreUsedOnlyWhereNamed() {
    assertUsesOnly(".adapter.memory..", "com.github.benmanes.caffeine..");
    assertUsesOnly(
        ".adapter.memcached..",
        "net.rubyeye.xmemcached..",
        "com.google.code.yanf4j..",
        "tlschannel..",
        "javax.net.ssl..",
        "org.slf4j..");
    assertUsesOnly(".adapter.file..", "tools.jackson..", "com.github.luben.zstd..");
    assertUsesOnly(
        ".adapter.http..",
        "io.javalin..",
        "org.eclipse.jetty..",
        "tools.jackson..",
        // The annotations of Jackson 3 have kept their old package.
        "com.fasterxml.jackson.annotation..",
        "org.slf4j..",
        "jakarta.servlet..",
        "javax.crypto..",
        "javax.net.ssl..");
    assertUsesOnly(".adapter.prometheus..", "io.prometheus..");
    assertUsesOnly(
        ".adapter.cli..",
        "picocli..",
        "org.jline..",
        "tools.jackson..",
        "com.fasterxml.jackson.annotation..",
        "javax.net.ssl..");
    assertUsesOnly(
        ".app..",
        "com.google.inject..",
        "javax.net.ssl..",
        "org.slf4j..",
        "ch.qos.logback..",
        "tools.jackson.core..");
  }

  @Test
  void nobodyDeserialisesJavaObjects() {
    check(noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.ObjectInput(Stream)?|java\\.beans\\.XMLDecoder")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("net.rubyeye.xmemcached.transcoders..")
        .orShould()
        .callMethodWhere(target(owner(assignableTo("net.rubyeye.xmemcached.MemcachedClient")))
            .and(target(nameMatching("gets?|getAndTouch|cas")))));
  }

  private static void assertUsesOnly(String user, String... libraries) {
    check(classes()
        .that()
        .resideInAPackage(ROOT + user)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", ROOT + "..").or(resideInAnyPackage(libraries))));
  }

  /**
   * Both ways round: somebody there uses it, so that the rule is about something, and nobody else
   * does.
   */
  private static void assertOnlyIn(String library, String... packages) {
    check(noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library));
    for (String user : packages) {
      boolean isUsed = CLASSES.stream()
          .filter(type -> type.getPackageName().startsWith(user.replace("..", "")))
          .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
          .anyMatch(dependency ->
              dependency.getTargetClass().getPackageName().startsWith(library.replace("..", "")));
      if (!isUsed) {
        throw new AssertionError(user + " does not use " + library);
      }
    }
  }
}
