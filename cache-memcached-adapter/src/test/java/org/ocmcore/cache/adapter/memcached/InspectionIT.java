package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.Precondition;

/** What an inspection leaves as it is on a real server, and what a server cannot tell. */
@ParameterizedClass
@EnumSource(Release.class)
class InspectionIT {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);

  @Parameter
  Release release;

  private MemcachedServer server;
  private MemcachedStore store;

  private PlacedKey start(String... arguments) {
    server = MemcachedServer.start(release, arguments);
    store = MemcachedStore.open(MemcachedSettings.parse(server.address()));
    return new PlacedKey(KEY, server.address());
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop();
  }

  private VersionedInfo inspect(PlacedKey key) {
    return store.cache().inspect(key).orElseThrow();
  }

  /** Whether the item counts as fetched, and the seconds since its last access. */
  private String marks() {
    String marks = server.command("mg k h l u").strip();
    assertTrue(marks.startsWith("HD h"), marks);
    return marks;
  }

  @Test
  void anItemWithALifetimeIsNoHit() {
    PlacedKey key = start();
    store.cache().store(KEY, CacheValue.ofText("v"), HOUR);
    long hits = server.stat("get_hits");
    long gets = server.stat("cmd_get");
    for (int i = 0; i < 3; i++) {
      assertFalse(inspect(key).info().fetched());
    }
    assertEquals(hits, server.stat("get_hits"));
    assertEquals(gets, server.stat("cmd_get"));
  }

  @Test
  void anItemForEverKeepsItsMarks() {
    PlacedKey key = start();
    store.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
    for (int i = 0; i < 3; i++) {
      VersionedInfo found = inspect(key);
      assertTrue(found.info().expiry().isNever());
      assertFalse(found.info().fetched());
    }
    assertTrue(marks().startsWith("HD h0"), marks());
  }

  @Test
  void aStaleItemKeepsItsToken() {
    PlacedKey key = start();
    assertEquals("HD", server.command("ms k 1 T0\r\nv").strip());
    assertEquals("HD", server.command("md k I").strip());
    assertTrue(inspect(key).info().expiry().isNever());
    String read = server.command("mg k").strip();
    assertTrue(read.contains(" X") && read.contains(" W"), read);
  }

  @Test
  void aServerWithoutVersionsSaysSo() {
    PlacedKey key = start("-C");
    store.cache().store(KEY, CacheValue.ofText("v"), HOUR);
    assertEquals(VersionedEntry.UNVERSIONED, inspect(key).version());
    assertEquals(
        VersionedEntry.UNVERSIONED, store.cache().read(key).orElseThrow().version());
    CacheValue other = CacheValue.ofText("w");
    assertFalse(store.cache().store(key, other, HOUR, Precondition.version(5)));
    assertFalse(store.cache().delete(key, 5));
    assertTrue(store.cache().store(key, other, HOUR, Precondition.PRESENT));
    assertFalse(store.cache().store(key, other, HOUR, Precondition.ABSENT));
  }
}
