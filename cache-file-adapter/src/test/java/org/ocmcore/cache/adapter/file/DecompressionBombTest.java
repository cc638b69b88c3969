package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames larger than any block are skipped before they fill the memory. */
final class DecompressionBombTest extends SalvageFixture {
  @ParameterizedTest
  @ValueSource(strings = {"dump.json.gz", "dump.json.zst"})
  void aDecompressionBombIsSkipped(String name) throws IOException {
    writeDump(name);
    byte[] zeros = new byte[70_000_000];
    byte[] bomb;
    if (name.endsWith(".gz")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(zeros);
      }
      bomb = out.toByteArray();
    } else {
      bomb = Zstd.compress(zeros, 1);
    }
    int at = places.get(3).to();
    byte[] content = joined(part(0, at), bomb, part(at, whole.length));
    assertEquals(numbers(1, BLOCKS), salvaged(content, "a bomb"));
    assertTrue(reports("a frame is longer than a block can be"));
  }
}
