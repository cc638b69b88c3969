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

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The house as docs/adr/0001-hexagonal-modules.md has it. */
class ArchitectureTest {
  private static final String ROOT = "org.ocmcore.cache";
  private static final String BINDINGS = ROOT + ".jackson..";

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages("org.ocmcore");

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
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
        .definedBy(BINDINGS)
        .layer("domain")
        .definedBy(ROOT + ".domain..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("adapters")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("bindings")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("domain")
        .mayOnlyBeAccessedByLayers("app", "adapters", "bindings")
        .ensureAllClassesAreContainedInArchitecture());
  }

  @Test
  void noAdapterKnowsAnother() {
    check(slices().matching(ROOT + ".adapter.(*)..").should().notDependOnEachOther());
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
  void javalinIsInTheHttpAdapterOnly() {
    assertOnlyIn("io.javalin..", ROOT + ".adapter.http..");
    assertOnlyIn("org.eclipse.jetty..", ROOT + ".adapter.http..");
  }

  @Test
  void caffeineIsInTheMemoryAdapterOnly() {
    assertOnlyIn("com.github.benmanes.caffeine..", ROOT + ".adapter.memory..");
  }

  @Test
  void jacksonIsUsedForJsonOnly() {
    assertOnlyIn(
        "tools.jackson..", ROOT + ".adapter.http..", ROOT + ".adapter.file..", ROOT + ".jackson..");
    assertOnlyIn("com.fasterxml.jackson..", ROOT + ".adapter.http..");
  }

  @Test
  void librariesAreUsedOnlyWhereNamed() {
    assertUsesOnly(".adapter.memory..", "com.github.benmanes.caffeine..");
    assertUsesOnly(
        ".adapter.memcached..",
        "net.rubyeye.xmemcached..",
        "com.google.code.yanf4j..",
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
        "jakarta.servlet..");
    assertUsesOnly(".app..", "com.google.inject..", "org.slf4j..");
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
