package org.ocmcore.cache.benchmarks.suite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is deleted when it is closed or when the process ends. */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private int count;

  TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("cache-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** A new folder inside. The name need not be unique. */
  Path newFolder(String name) throws IOException {
    return Files.createDirectory(path.resolve(name + "-" + count++));
  }

  @Override
  public void close() {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException | UncheckedIOException e) {
        System.err.println("bench: cannot delete " + path + ": " + e.getMessage());
      }
    }
  }
}
