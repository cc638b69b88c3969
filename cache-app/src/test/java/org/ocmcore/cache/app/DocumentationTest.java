package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;

/** The documentation agrees with the code. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void everySettingIsDocumented() throws IOException {
    for (Setting setting : Setting.values()) {
      String row = "| `%s` | %s | %s |".formatted(setting, setting.standard(), setting.meaning());
      assertTrue(text("docs/settings.md").contains(row), row);
    }
  }

  /** A newcomer reads it in three minutes. */
  @Test
  void readmeIsShort() throws IOException {
    assertTrue(text("README.md").split("\\s+").length <= 900);
  }

  /** What the OpenAPI document says, this page leaves to it. */
  @Test
  void apiPageIsShort() throws IOException {
    assertTrue(Files.readAllLines(ROOT.resolve("docs/api.md")).size() <= 130);
  }

  /** Links to files and to headings lead somewhere. */
  @Test
  void linksLeadSomewhere() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(ROOT)) {
      files = all.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
    assertTrue(files.size() > 40, "only " + files.size() + " documents were found");
    for (Path file : files) {
      Matcher links = LINK.matcher(Files.readString(file));
      while (links.find()) {
        assertLeadsSomewhere(file, links.group(1));
      }
    }
  }

  private static void assertLeadsSomewhere(Path file, String link) throws IOException {
    if (link.contains("://")) {
      return;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
    assertTrue(Files.exists(target), file + " links to " + link);
    if (parts.length == 2) {
      List<String> headings = Files.readAllLines(target).stream()
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9 -]", "")
              .replace(' ', '-'))
          .toList();
      assertTrue(headings.contains(parts[1]), file + " links to " + link);
    }
  }

  /** No class, of the tests either, is over 350 lines; those over 200 have a reason. */
  @Test
  void longClassesHaveAReason() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/long-classes.md"));
    Set<String> explained = lines.stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>();
    for (Path source : sources()) {
      int length = Files.readAllLines(source).size();
      assertTrue(length <= 350, source + " has " + length + " lines");
      if (length > 200 && source.toString().contains("src/main/java")) {
        found.add(source.getFileName().toString().replace(".java", ""));
      }
    }
    assertEquals(Set.of(), without(found, explained), "these lack a reason");
    assertEquals(Set.of(), without(explained, found), "these need no reason");
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> sources = files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
      assertTrue(sources.size() > 800, "only " + sources.size() + " classes were found");
      return sources;
    }
  }

  @Test
  void everyModuleIsInTheReadme() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    for (String module : parent
        .lines()
        .filter(line -> line.contains("<module>"))
        .map(line -> line.replaceAll("</?module>", "").replaceFirst("/.*", "").strip())
        .toList()) {
      assertTrue(text("README.md").contains(module), module);
    }
  }

  @Test
  void libraryExamplesAreTheCompiledOnes() throws IOException {
    List<String> compiled = LibraryExamplesSource.examples();
    List<String> shown = Arrays.stream(text("docs/library.md").split("```java\n"))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("```")))
        .toList();
    assertEquals(compiled.stream().sorted().toList(), shown.stream().sorted().toList());
    assertTrue(text("README.md").contains(compiled.get(0)), "the quick start");
  }

  @Test
  void libraryExamplesDoWhatTheyShow() throws IOException {
    LibraryExamples.runAll(MemoryStore.open());
  }
}
