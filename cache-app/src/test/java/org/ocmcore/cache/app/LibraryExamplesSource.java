package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parts of {@link LibraryExamples} and of a few tests that docs/library.md shows. */
final class LibraryExamplesSource {
  private static final Path JUNIT =
      Path.of("../bindings/junit/src/test/java/org/ocmcore/cache/junit");
  private static final List<Path> SOURCES = List.of(
      Path.of("src/test/java/org/ocmcore/cache/app/LibraryExamples.java"),
      JUNIT.resolve("SessionsTest.java"),
      JUNIT.resolve("UsersTest.java"));

  private LibraryExamplesSource() {}

  /** The text of each example, in the order of the files, without indentation. */
  static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    for (Path source : SOURCES) {
      Arrays.stream(Files.readString(source).split("(?m)^ *// example\n"))
          .skip(1)
          .map(rest -> rest.split("\n *// end\n")[0].stripIndent() + "\n")
          .forEach(examples::add);
    }
    return examples;
  }
}
