package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/** What the tests of files of other tools share. */
abstract class ForeignFileFixture {
  static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir
  Path folder;

  Path write(byte[] content) {
    try {
      return Files.write(folder.resolve("file"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of a file whose format is recognised. */
  List<CacheEntry> entries(FileFormat expected, byte[] content) {
    Path file = write(content);
    try {
      assertEquals(expected, FileFormat.detect(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries(expected.source(file, NOW));
  }

  List<CacheEntry> entries(FileFormat expected, String content) {
    return entries(expected, content.getBytes(StandardCharsets.UTF_8));
  }

  static List<CacheEntry> entries(DumpSource source) {
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = source.open(source.currentName())) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        entries.add(next.entry());
      }
      assertEquals(entries.size(), reader.info().entries());
      assertTrue(reader.server().isEmpty());
    }
    return entries;
  }

  /** Expects a failure of the check that says this. */
  void expectProblem(FileFormat format, String content, String problem) {
    DumpSource source = format.source(write(content.getBytes(StandardCharsets.UTF_8)), NOW);
    DumpUnusable failure =
        assertThrows(DumpUnusable.class, () -> source.open(source.currentName()).close());
    assertTrue(failure.getMessage().contains("'file'"), failure.getMessage());
    assertTrue(failure.getMessage().contains(problem), failure.getMessage());
  }

  static CacheEntry entry(String key, String value, long flags, Expiry expiry) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new CacheEntry(CacheKey.of(key), CacheValue.of(bytes, flags), expiry);
  }

  static Expiry in(long seconds) {
    return Expiry.at(NOW.plusSeconds(seconds));
  }
}
