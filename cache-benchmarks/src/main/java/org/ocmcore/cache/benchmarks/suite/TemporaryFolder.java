package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed, or when this process is told to end before. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private final Thread last = new Thread(this::deleteAtTheEnd);
  private int count;

  public TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("cache-bench");
    Runtime.getRuntime().addShutdownHook(last);
  }

  /** A new folder in it. */
  public Path inside(String name) throws IOException {
    return Files.createDirectory(path.resolve(name + "-" + count++));
  }

  private void deleteAtTheEnd() {
    try {
      delete();
    } catch (IOException e) {
      System.err.println("bench: cannot delete " + path + ": " + e.getMessage());
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(last);
      delete();
    } catch (IllegalStateException e) {
      // The hook is running, and deletes it.
    }
  }
}
