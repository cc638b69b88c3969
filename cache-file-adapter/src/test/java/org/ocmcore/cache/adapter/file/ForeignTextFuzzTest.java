package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Files of other tools are parsed or refused, however their bytes arrive. The first byte chooses
 * the chunks.
 */
final class ForeignTextFuzzTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] text = Arrays.copyOfRange(input, 1, input.length);
    try {
      assertNotNull(FileFormat.detect(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertNotNull(FormatDetector.detect(text));
    for (FileFormat format :
        List.of(FileFormat.MEMCACHED_TOOL, FileFormat.CSV, FileFormat.NDJSON)) {
      assertEquals(entries(format, text, text.length), entries(format, text, 1 + (input[0] & 7)));
    }
  }

  /** The entries as text, and behind them why the rest is refused, if it is. */
  private static List<String> entries(FileFormat format, byte[] text, int chunk) {
    List<String> found = new ArrayList<>();
    try {
      ForeignParser parser = ForeignParser.of(format, new Chunked(text, chunk), NOW);
      for (DumpEntry next = parser.next(); next != null; next = parser.next()) {
        found.add("%s %s %s %s"
            .formatted(
                next.entry().key(),
                Arrays.toString(next.entry().value().bytes()),
                next.entry().value().flags(),
                next.entry().expiry()));
      }
    } catch (CorruptDumpException refused) {
      found.add(refused.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Gives at most so many bytes at a time. */
  private static final class Chunked extends ByteArrayInputStream {
    private final int chunk;

    Chunked(byte[] bytes, int chunk) {
      super(bytes);
      this.chunk = chunk;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
      return super.read(into, from, Math.min(length, Math.max(1, chunk)));
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(ForeignTextFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
