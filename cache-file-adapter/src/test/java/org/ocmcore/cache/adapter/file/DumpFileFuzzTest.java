package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Any file is a whole dump, a damaged dump or none, and reading it agrees with its check. The first
 * byte chooses whether the rest is a file, the lines of a block, or either compressed.
 */
final class DumpFileFuzzTest {
  private static final Path FILE = temporary();

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("fuzz", ".dump");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    try {
      Files.write(FILE, file(input[0] & 7, rest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SingleDumpFile dumps = new SingleDumpFile(FILE);
    String name = dumps.currentName();
    DumpInfo info = dumps.describe(name);
    assertTrue(info.entries() >= 0 && info.bytes() >= 0);
    try (DumpReader reader = dumps.salvage(name)) {
      assertEquals(info.entries(), DumpFiles.rest(reader).size());
    } catch (DumpUnusable refused) {
      assertTrue(!info.valid() && info.entries() == 0, refused.getMessage());
    }
    try (DumpReader reader = dumps.open(name)) {
      assertTrue(info.valid());
      assertEquals(info.entries(), DumpFiles.rest(reader).size());
    } catch (DumpUnusable refused) {
      assertTrue(!info.valid(), refused.getMessage());
    }
  }

  private static byte[] file(int kind, byte[] rest) throws IOException {
    byte[] plain = kind % 2 == 0
        ? rest
        : DumpFiles.closed(DumpFiles.HEADER, new String(rest, StandardCharsets.UTF_8).split("\n"))
            .getBytes(StandardCharsets.UTF_8);
    return switch (kind / 2) {
      case 1 -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(plain);
        }
        yield bytes.toByteArray();
      }
      case 2 -> Zstd.compress(plain);
      default -> plain;
    };
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(DumpFileFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
