package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The parts of {@link LibraryExamples} that docs/library.md shows. */
final class LibraryExamplesSource {
  private static final Path SOURCE =
      Path.of("src/test/java/org/ocmcore/cache/app/LibraryExamples.java");

  private LibraryExamplesSource() {}

  /** The text of each example, in the order of the file, without indentation. */
  static List<String> examples() throws IOException {
    return Arrays.stream(Files.readString(SOURCE).split("    // example\n"))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("\n    // end\n")).stripIndent() + "\n")
        .toList();
  }
}
