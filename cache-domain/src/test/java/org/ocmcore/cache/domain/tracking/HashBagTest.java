package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashBagTest {
  /** Few hashes in few places, so that runs meet, wrap around and are closed everywhere. */
  @Test
  void isABagWhateverIsAddedAndRemoved() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      HashBag bag = new HashBag();
      Map<Long, Integer> model = new HashMap<>();
      int most = 1 + random.nextInt(400);
      for (int i = 0; i < 2_000; i++) {
        long hash = 2 + random.nextInt(60) | (long) random.nextInt(3) << 40;
        int known = model.getOrDefault(hash, 0);
        if (bag.size() < most && random.nextBoolean()) {
          bag.add(hash);
          model.put(hash, known + 1);
        } else {
          assertEquals(known > 0, bag.remove(hash), "hash " + hash);
          model.put(hash, Math.max(0, known - 1));
        }
        assertEquals(model.values().stream().mapToInt(Integer::intValue).sum(), bag.size());
      }
    }
  }
}
