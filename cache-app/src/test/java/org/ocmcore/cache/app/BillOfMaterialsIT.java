package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials inside the executable. */
class BillOfMaterialsIT {
  private static final String OWN = "org.ocmcore.cache";

  private final JsonNode bill = bill();

  private static JarFile jar() throws IOException {
    return new JarFile(System.getProperty("cache.jar"));
  }

  private static JsonNode bill() {
    try (JarFile jar = jar()) {
      ZipEntry entry = jar.getEntry("META-INF/sbom/application.cdx.json");
      assertNotNull(
          entry,
          "The executable has no bill of materials. Build it without -o and -Dcyclonedx.skip.");
      return JsonMapper.shared().readTree(jar.getInputStream(entry));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(JsonNode component) {
    return component.path("group").asString() + ":"
        + component.path("name").asString() + ":"
        + component.path("version").asString();
  }

  private static String sha256(JsonNode component) {
    return component
        .path("hashes")
        .valueStream()
        .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
        .map(hash -> hash.path("content").asString())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no SHA-256: " + component));
  }

  /**
   * What the jar contains, as far as it says so: most libraries carry their name and version in a
   * file.
   */
  private static Set<String> contained() throws IOException {
    Set<String> contained = new TreeSet<>();
    try (JarFile jar = jar()) {
      List<JarEntry> files = jar.stream()
          .filter(entry -> entry.getName().matches("META-INF/maven/.+/pom\\.properties"))
          .toList();
      for (JarEntry file : files) {
        Properties library = new Properties();
        library.load(jar.getInputStream(file));
        contained.add("%s:%s:%s"
            .formatted(
                library.getProperty("groupId"),
                library.getProperty("artifactId"),
                library.getProperty("version")));
      }
    }
    return contained;
  }

  private List<JsonNode> components() {
    return bill.path("components").valueStream().toList();
  }

  @Test
  void itListsTheLockedLibraries() throws Exception {
    Set<String> listed = new TreeSet<>();
    for (JsonNode component : components()) {
      if (!component.path("group").asString().equals(OWN)) {
        listed.add(name(component) + " " + sha256(component));
      }
    }
    assertEquals(DependencyLockTest.locked(), listed);
  }

  @Test
  void itListsWhatTheJarContains() throws Exception {
    Set<String> listed =
        new TreeSet<>(components().stream().map(BillOfMaterialsIT::name).toList());
    listed.add(name(bill.path("metadata").path("component")));
    Set<String> contained = contained();
    assertTrue(contained.size() > 30, contained.toString());
    contained.removeAll(listed);
    assertEquals(Set.of(), contained);
  }

  @Test
  void everyComponentNamesItsLicence() {
    for (JsonNode component : components()) {
      assertFalse(component.path("licenses").isEmpty(), component.toString());
    }
  }

  @Test
  void nothingInItIsRandomOrATime() {
    assertTrue(bill.path("serialNumber").isMissingNode());
    assertTrue(bill.path("metadata").path("timestamp").isMissingNode());
  }
}
