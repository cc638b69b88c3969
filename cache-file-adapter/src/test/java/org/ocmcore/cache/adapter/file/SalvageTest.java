package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpDamage;

/** Intact blocks of a damaged file are salvaged, and its damages are reported. */
final class SalvageTest extends SalvageFixture {
  @OnEveryCompression
  void aDamagedBlockIsReportedOnce(String name) throws IOException {
    writeDump(name);
    for (int block = 1; block <= BLOCKS; block++) {
      Place place = places.get(block);
      byte[] changed = whole.clone();
      changed[(place.from() + place.to()) / 2] ^= 4;
      Files.write(file, changed);
      List<DumpDamage> damages = dumps.describe(name).damages();
      assertEquals(1, damages.size(), damages.toString());
      DumpDamage damage = damages.get(0);
      assertEquals(place, new Place((int) damage.from(), (int) damage.to()));
      // Nothing shows that the last frame before the end was a block.
      assertTrue(
          damage.reason().startsWith("block " + block + ": ")
              || block == BLOCKS && !name.equals("dump.json"),
          damage.toString());
    }
  }

  @OnEveryCompression
  void missingBlocksBesideDamageAreReported(String name) throws IOException {
    writeDump(name);
    byte[] rubbish = "rubbish\n".getBytes(StandardCharsets.UTF_8);
    Files.write(file, joined(ordered(0, 1), rubbish, ordered(4, 5, 6, 7)));
    assertTrue(reports("blocks 2 to 3: missing"));
    Files.write(file, joined(ordered(0, 1), rubbish, ordered(2), rubbish, ordered(4, 5, 6, 7)));
    assertTrue(reports("block 3: missing"));
    Files.write(file, joined(rubbish, ordered(2, 3, 4, 5, 6, 7)));
    assertTrue(reports("block 1: missing"));
  }

  @OnEveryCompression
  void reorderedSegmentsAreReported(String name) throws IOException {
    writeDump(name);
    assertEquals(numbers(1, BLOCKS), salvaged(ordered(0, 1, 2, 3, 4, 5, 6, 7), "as it was"));
    assertTrue(isWhole(name));
    assertEquals(Set.of(1, 2, 4, 5, 6), salvaged(ordered(0, 1, 2, 4, 5, 6, 7), "one is missing"));
    assertTrue(reports("block 3: missing"));
    assertEquals(Set.of(1, 4, 5, 6), salvaged(ordered(0, 1, 4, 5, 6, 7), "two are missing"));
    assertTrue(reports("blocks 2 to 3: missing"));
    assertEquals(numbers(1, 5), salvaged(ordered(0, 1, 2, 3, 4, 5, 7), "the last is missing"));
    assertTrue(reports("its account says 18 entries, and it has 15"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 2, 3, 4, 5, 6, 7), "one is doubled"));
    assertTrue(reports("block 2 comes a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 3, 2, 4, 5, 6, 7), "two are swapped"));
    assertTrue(reports("its last line should be"));
    assertEquals(numbers(1, 6), salvaged(ordered(1, 2, 3, 4, 5, 6, 7), "no header"));
    assertTrue(reports("its first line is missing"));
    assertEquals(numbers(1, 6), salvaged(ordered(1, 0, 2, 3, 4, 5, 6, 7), "a late header"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 0, 1, 2, 3, 4, 5, 6, 7), "two headers"));
    assertTrue(reports("it begins a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 6), "no end"));
    assertTrue(reports("it is cut off: its last lines are missing"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 6, 7, 7), "two ends"));
    assertTrue(reports("it ends a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 7, 6), "a block at the end"));
    assertTrue(reports("block 6 stands behind the end"));
    assertEquals(Set.of(), salvaged(ordered(0, 7), "no blocks"));
    assertEquals(Set.of(), salvaged(ordered(7), "only the end"));
    assertEquals(Set.of(), salvaged(ordered(0), "only the header"));
  }

  @OnEveryCompression
  void aBlockBehindTheEndIsReported(String name) throws IOException {
    writeDump(name);
    String text = DumpFiles.block(BLOCKS + 1, DumpFiles.ENTRY);
    byte[] more = name.endsWith(".json")
        ? text.getBytes(StandardCharsets.UTF_8)
        : DumpCompression.forFileName(name)
            .frame(text.getBytes(StandardCharsets.UTF_8), text.length());
    Files.write(file, joined(whole, more));
    assertFalse(isWhole(name));
    assertTrue(reports("block 7 stands behind the end"));
    assertThrows(DumpUnusable.class, () -> dumps.open(name));
  }
}
