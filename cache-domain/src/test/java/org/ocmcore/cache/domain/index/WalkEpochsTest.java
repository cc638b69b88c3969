package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WalkEpochsTest {
  private static final int SECOND = 1_000_000;

  private static Block copy(int server, int walk, int marks, int access) {
    int[] metadata = {KeyMetadata.NEVER, access, 60, 0, KeyMetadata.tag(server, walk, marks)};
    return new Block(new byte[] {'k'}, new int[] {1}, metadata);
  }

  private static boolean isFlushed(Block block) {
    return WalkEpochs.isFlushed(block, 0, 1, 7, SECOND);
  }

  @Test
  void flushRemovesOlderKeysOfItsServer() {
    assertTrue(isFlushed(copy(1, 6, KeyMetadata.EVENT, SECOND)));
    assertTrue(isFlushed(copy(1, 6, 0, SECOND - 500)));
    assertTrue(isFlushed(copy(1, 5, 0, KeyMetadata.UNKNOWN)));
    assertTrue(isFlushed(copy(1, 5, KeyMetadata.TOMBSTONE, SECOND + 1)));
    assertFalse(isFlushed(copy(2, 6, 0, SECOND - 500)));
  }

  @Test
  void whatWasCertainlyStoredAfterItStays() {
    assertFalse(isFlushed(copy(1, 6, KeyMetadata.EVENT, SECOND + 1)));
  }

  /** A flush takes turns with what is stored meanwhile, and reaches that later. */
  @Test
  void reportsDuringAWalkStay() {
    assertFalse(isFlushed(copy(1, 7, KeyMetadata.EVENT, SECOND)));
    assertFalse(isFlushed(copy(1, 8, 0, KeyMetadata.UNKNOWN)));
  }

  /** Walks that are refused use up numbers, too, and leave the copies as they are. */
  @Test
  void flushRemovesKeysOfVeryOldWalks() {
    assertTrue(WalkEpochs.isFlushed(copy(1, 7, 0, SECOND), 0, 1, 40_000, SECOND));
    assertTrue(WalkEpochs.isFlushed(copy(1, 50_000, 0, SECOND), 0, 1, 7, SECOND));
  }

  @Test
  void wrappedWalkNumbersAreOrdered() {
    int last = KeyMetadata.WALKS - 1;
    assertFalse(WalkEpochs.isFlushed(copy(1, 0, 0, SECOND), 0, 1, last, SECOND));
    assertTrue(WalkEpochs.isFlushed(copy(1, last, 0, SECOND), 0, 1, 0, SECOND));
  }
}
