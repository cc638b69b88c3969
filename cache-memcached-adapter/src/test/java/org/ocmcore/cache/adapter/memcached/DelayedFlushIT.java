package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** Statistics say whether a flush is still to come. */
final class DelayedFlushIT {
  @ParameterizedTest
  @EnumSource(Release.class)
  void aDelayedFlushIsPendingUntilItTakesEffect(Release release) {
    try (Fleet fleet = Fleet.of(1, release)) {
      fleet.store.cache().store(CacheKey.of("k"), CacheValue.ofText("v"), Lifetime.FOREVER);
      assertFalse(isPending(fleet));
      fleet.only().command("flush_all 2");
      assertTrue(isPending(fleet));
      MemcachedServer.await(() -> !isPending(fleet));
      assertEquals(List.of(), walked(fleet));
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void anImmediateFlushReplacesTheDelayedOne(Release release) {
    try (Fleet fleet = Fleet.of(1, release)) {
      fleet.only().command("flush_all 86400");
      assertTrue(isPending(fleet));
      fleet.only().command("flush_all");
      assertFalse(isPending(fleet));
    }
  }

  private static boolean isPending(Fleet fleet) {
    return fleet.store.keyspace().stats(fleet.only().address()).isFlushPending();
  }

  private static List<KeyInfo> walked(Fleet fleet) {
    List<KeyInfo> found = new ArrayList<>();
    fleet.store.keyspace().walk(fleet.only().address(), found::add);
    return found;
  }
}
