package org.ocmcore.cache.domain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An input that a fuzz test begins with, or that has once failed. {@code bin/fuzz} searches for
 * others.
 */
public record FuzzSeed(String name, byte[] bytes) {
  /** All seeds of a fuzz test, from {@code src/test/resources/fuzz} of its module. */
  public static Stream<FuzzSeed> of(Class<?> fuzzTest) {
    Path folder = Path.of("src/test/resources/fuzz", fuzzTest.getSimpleName());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      return sorted.stream().map(FuzzSeed::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FuzzSeed read(Path file) {
    try {
      return new FuzzSeed(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
