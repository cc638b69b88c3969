package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.ocmcore.cache.domain.key.CacheKey;

final class PendingRequestsTest {
  @RepeatedTest(20)
  void itemsAreRemovedInInsertionOrder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    PendingRequests<Integer> pending = new PendingRequests<>();
    ArrayDeque<Integer> expected = new ArrayDeque<>();
    for (int i = 0; i < 5_000; i++) {
      // Grows in the first half, shrinks in the second.
      if (random.nextInt(10) < (i < 2_500 ? 6 : 4)) {
        pending.add(i, 10L * i, 7L * i, i % 3 == 0 ? null : CacheKey.of("key" + i));
        expected.add(i);
      } else if (!expected.isEmpty()) {
        assertEquals(10L * expected.peek(), pending.firstEnd());
        assertEquals(7L * expected.peek(), pending.firstOpaque());
        int number = expected.remove();
        assertEquals(number % 3 == 0 ? null : CacheKey.of("key" + number), pending.firstKey());
        assertEquals(number, pending.removeFirst());
      }
      assertEquals(expected.isEmpty(), pending.isEmpty());
    }
  }
}
