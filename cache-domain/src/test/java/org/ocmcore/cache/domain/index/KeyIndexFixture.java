package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What the tests of KeyIndex share. */
abstract class KeyIndexFixture {
  static final List<String> SERVERS = List.of("a:1", "b:1", "c:1");
  static final Comparator<PlacedKey> IN_ORDER =
      Comparator.comparing(PlacedKey::key).thenComparing(PlacedKey::server);
  final MutableClock clock = new MutableClock();

  /** Every key belongs on server b. */
  final ServerTable servers = new ServerTable(SERVERS, key -> new PlacedKey(key, "b:1"));

  final LiveIndex live = new LiveIndex(servers, clock, Long.MAX_VALUE);

  /** What the index should hold: every copy. */
  final Map<PlacedKey, KeyInfo> model = new TreeMap<>(IN_ORDER);

  KeyIndex index() {
    return live.snapshot(clock.instant(), List.of());
  }

  KeyInfo info(CacheKey key, String server, long size, Expiry expiry) {
    return new KeyInfo(
        key,
        expiry,
        size,
        size % 3 == 0 ? KeyInfo.UNKNOWN : size % 3,
        clock.instant().getEpochSecond(),
        size % 2 == 0,
        server);
  }

  KeyInfo info(String key, String server) {
    return info(CacheKey.of(key), server, 60, Expiry.NEVER);
  }

  static List<KeyInfo> listed(KeyCursor cursor) {
    List<KeyInfo> keys = new ArrayList<>();
    while (cursor.next()) {
      keys.add(cursor.info());
    }
    return keys;
  }

  List<KeyInfo> keys() {
    return listed(index().cursor(KeyRange.ALL, clock.instant()));
  }

  List<KeyInfo> copies() {
    return listed(index().copies(KeyRange.ALL, clock.instant()));
  }

  static List<String> names(List<KeyInfo> keys) {
    return keys.stream().map(key -> key.key().toString()).toList();
  }

  void store(String... keys) {
    for (String key : keys) {
      live.merge(Kind.STORED, info(key, "b:1"));
    }
  }

  // Against a model.

  static CacheKey anyKey(Random random) {
    int length = random.nextInt(8) == 0 ? 1 + random.nextInt(250) : 1 + random.nextInt(4);
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] =
          (byte) (random.nextInt(20) == 0 ? 128 + random.nextInt(128) : 'a' + random.nextInt(6));
    }
    return CacheKey.ofBytes(key);
  }

  KeyInfo anyInfo(Random random) {
    Expiry expiry = random.nextInt(3) == 0
        ? Expiry.NEVER
        : Expiry.at(clock.instant().plusSeconds(1 + random.nextInt(300)));
    String server = SERVERS.get(random.nextInt(4) == 0 ? random.nextInt(3) : 1);
    return info(anyKey(random), server, random.nextInt(1_000_000), expiry);
  }

  void events(Random random, int count) {
    ChangeBatch changes = live.newBatch();
    for (int i = 0; i < count; i++) {
      KeyInfo info = anyInfo(random);
      Kind kind =
          List.of(Kind.STORED, Kind.STORED, Kind.TOUCHED, Kind.REMOVED).get(random.nextInt(4));
      changes.add(kind, info, LiveIndex.micros(clock.instant()));
      switch (kind) {
        case STORED -> model.put(info.placed(), info);
        case REMOVED -> model.remove(info.placed());
        default ->
          model.computeIfPresent(
              info.placed(),
              (same, known) -> new KeyInfo(
                  known.key(),
                  info.expiry(),
                  known.size(),
                  known.flags(),
                  info.lastAccess(),
                  known.fetched() || info.fetched(),
                  known.server()));
      }
    }
    live.merge(changes);
  }

  /** Some of the keys of a server are there still, some are gone, some are new. */
  void walk(Random random) {
    int server = random.nextInt(SERVERS.size());
    int number = live.beginWalk(server);
    Map<PlacedKey, KeyInfo> met = new TreeMap<>(IN_ORDER);
    int loss = random.nextInt(11);
    model.values().stream()
        .filter(info -> info.server().equals(SERVERS.get(server)) && random.nextInt(10) >= loss)
        .forEach(info -> met.put(info.placed(), info));
    for (int i = random.nextInt(2_000); i > 0; i--) {
      KeyInfo info = anyInfo(random);
      KeyInfo here = info(info.key(), SERVERS.get(server), info.size(), info.expiry());
      met.put(here.placed(), here);
    }
    ChangeBatch changes = live.newBatch();
    met.values().forEach(info -> changes.add(Kind.WALK, info, number));
    live.merge(changes);
    assertTrue(live.endWalk(server, number));
    model.keySet().removeIf(key -> key.server().equals(SERVERS.get(server)));
    model.putAll(met);
  }

  static byte[] prefix(CacheKey key, int length) {
    return Arrays.copyOf(key.bytes(), Math.min(length, key.length()));
  }

  // Walks, events and what is older than what.

  void met(int walk, String... keys) {
    ChangeBatch changes = live.newBatch();
    for (String key : keys) {
      changes.add(Kind.WALK, info(CacheKey.of(key), "b:1", 77, Expiry.NEVER), walk);
    }
    live.merge(changes);
  }
}
