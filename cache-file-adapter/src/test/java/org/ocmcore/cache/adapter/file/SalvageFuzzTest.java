package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/**
 * However a file is damaged, damages are reported, nothing wrong is read, and intact blocks are
 * salvaged. By default every fortieth place and few random rounds are tried;
 * {@code -Dcache.fuzz.factor=40} tries every place and 40 times the rounds (see
 * {@link FuzzRounds}).
 */
final class SalvageFuzzTest extends SalvageFixture {
  private static final int ROUNDS = FuzzRounds.of(20);

  @OnEveryCompression
  void truncatedFilesGiveTheBlocksBefore(String name) throws IOException {
    writeDump(name);
    for (int length = 0; length < whole.length; length += FuzzRounds.stride(40)) {
      assertEquals(
          outside(length, whole.length), salvaged(part(0, length), "first " + length + " bytes"));
      assertFalse(isWhole(name), "first " + length + " bytes");
    }
  }

  @OnEveryCompression
  void changedBytesCostOnlyTheirBlock(String name) throws IOException {
    writeDump(name);
    Random random = new Random(2);
    for (int i = random.nextInt(FuzzRounds.stride(40));
        i < whole.length;
        i += FuzzRounds.stride(40)) {
      for (int with : new int[] {1 << random.nextInt(8), 1 + random.nextInt(255)}) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) with;
        String hint = "byte " + i + " with " + with;
        Set<Integer> found = salvaged(changed, hint);
        assertTrue(
            found.containsAll(outside(i, i + 1)) || i < places.get(0).to() && isOfAnotherVersion(),
            hint + " gives " + found);
        // Some bits of frames have no meaning.
        assertTrue(!name.endsWith(".json") || !isWhole(name), hint);
      }
    }
  }

  @OnEveryCompression
  void insertedBytesCostOnlyTheirBlock(String name) throws IOException {
    writeDump(name);
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      int at = i % 8 == 0 ? 0 : i % 8 == 1 ? whole.length : random.nextInt(whole.length + 1);
      byte[] more = new byte[1 + random.nextInt(i % 7 == 0 ? 3_000 : 9)];
      random.nextBytes(more);
      String hint = "round " + i + ", at " + at;
      assertIntactOutside(at, at, joined(part(0, at), more, part(at, whole.length)), hint);
    }
  }

  @OnEveryCompression
  void removedBytesCostOnlyTheirBlocks(String name) throws IOException {
    writeDump(name);
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      int from = random.nextInt(whole.length);
      int to = Math.min(whole.length, from + 1 + random.nextInt(i % 2 == 0 ? 9 : 600));
      String hint = "round " + i + ", " + from + " to " + to;
      assertIntactOutside(from, to, joined(part(0, from), part(to, whole.length)), hint);
    }
  }

  /** Asserts that the file is damaged, and that all blocks outside of a range are salvaged. */
  private void assertIntactOutside(int from, int to, byte[] content, String hint)
      throws IOException {
    Set<Integer> found = salvaged(content, hint);
    assertTrue(found.containsAll(outside(from, to)), hint + " gives " + found);
    assertFalse(isWhole(file.getFileName().toString()), hint);
  }

  @OnEveryCompression
  void manyChangesNeverGiveWrongEntries(String name) throws IOException {
    writeDump(name);
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = whole;
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        int at = random.nextInt(changed.length);
        int length = random.nextInt(1 + changed.length - at) / (1 + random.nextInt(20));
        byte[] before = Arrays.copyOf(changed, at);
        byte[] behind = Arrays.copyOfRange(changed, at + length, changed.length);
        int copied = random.nextInt(whole.length);
        byte[] between = random.nextBoolean()
            ? part(copied, Math.min(whole.length, copied + random.nextInt(500)))
            : new byte[random.nextInt(5)];
        changed = joined(before, between, behind, new byte[] {(byte) random.nextInt()});
      }
      salvaged(changed, "round " + i);
    }
  }
}
