package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyOrder.By;

class KeyQueryTest {
  private static final KeyOrder BY_SIZE = KeyOrder.of(By.SIZE);

  @Test
  void otherOrdersNeedALimit() {
    assertEquals(
        "limit is missing: every order but that of keys, ascending, needs one",
        refused(BY_SIZE, Optional.empty(), OptionalInt.empty()));
    assertEquals(
        "a cursor goes on in the order of keys, ascending, and in no other",
        refused(BY_SIZE, Optional.of(CacheKey.of("k")), OptionalInt.of(5)));
    assertEquals(
        "a cursor goes on in the order of keys, ascending, and in no other",
        refused(new KeyOrder(By.KEY, true), Optional.of(CacheKey.of("k")), OptionalInt.of(5)));
    assertEquals(
        "limit is 0, it must be at least 1", refused(BY_SIZE, Optional.empty(), OptionalInt.of(0)));
  }

  private static String refused(KeyOrder order, Optional<CacheKey> after, OptionalInt limit) {
    return assertThrows(
            IllegalArgumentException.class, () -> new KeyQuery(KeyFilter.ALL, order, after, limit))
        .getMessage();
  }
}
