package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.NewLifetime;

/**
 * Items that other clients marked as stale, or hold as placeholders, by meta commands (memcached
 * doc/protocol.txt, "Meta Get" and "Meta Delete").
 */
@ParameterizedClass
@EnumSource(Release.class)
class StaleItemsIT {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);

  @Parameter
  Release release;

  private MemcachedServer server;
  private MemcachedStore store;

  @BeforeEach
  void start() {
    server = MemcachedServer.start(release);
    store = MemcachedStore.open(MemcachedSettings.parse(server.address()));
    // Single keys go over the shared connection once it is up.
    store.cache().get(KEY);
    assertEquals("HD", command("ms k 1 T1000\r\nv"));
    assertEquals("HD", command("md k I"));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop();
  }

  private String command(String line) {
    return server.command(line).strip();
  }

  /** The owner's next read must win the token: nobody else has it. */
  private void assertTokenIsFree(String key) {
    String answer = command("mg " + key);
    assertTrue(answer.contains(" X") && answer.contains(" W"), answer);
  }

  @Test
  void readsLeaveTheTokenToItsOwner() {
    store.cache().get(KEY);
    assertTokenIsFree("k");
  }

  @Test
  void readsOfManyKeysLeaveTheToken() {
    assertEquals(
        1, store.cache().readAll(List.of(new PlacedKey(KEY, server.address()))).size());
    assertTokenIsFree("k");
  }

  @Test
  void refreshesLeaveTheToken() {
    assertTrue(store.cache().refresh(KEY, HOUR));
    assertTokenIsFree("k");
  }

  @Test
  void refreshesOfManyKeysLeaveTheToken() {
    store
        .bulk()
        .refresh(
            server.address(),
            List.of(new NewLifetime(KEY, HOUR)).iterator(),
            (key, outcome, reason) -> {});
    assertTokenIsFree("k");
  }

  @Test
  void aTokenInUseStaysInUse() {
    assertTrue(command("mg k").contains(" W"));
    store.cache().get(KEY);
    String answer = command("mg k");
    assertTrue(answer.contains(" Z") && !answer.contains(" W"), answer);
  }

  @Test
  void manyTokensAreLeftInOnePipeline() {
    List<KeyInfo> keys = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      command("ms many%d 1\r\nv".formatted(i));
      if (i % 2 == 0) {
        command("md many%d I".formatted(i));
      }
      keys.add(info("many" + i));
    }
    List<String> stale = new ArrayList<>();
    List<String> found = new ArrayList<>();
    read(keys, found::add, stale::add);
    assertEquals(2_500, found.size());
    assertEquals(2_500, stale.size());
    IntStream.range(0, 2_500).forEach(i -> assertTokenIsFree("many" + 2 * i));
  }

  @Test
  void placeholdersAndStaleValuesAreNoEntries() {
    assertTrue(command("mg lock N30 t").startsWith("EN") || command("mg lock").contains(" Z"));
    command("ms early 1 T20\r\nv");
    assertTrue(command("mg early R30").contains(" W"));
    List<String> stale = new ArrayList<>();
    List<String> found = new ArrayList<>();
    read(List.of(info("k"), info("lock"), info("early")), found::add, stale::add);
    assertEquals(List.of("k", "lock"), stale);
    assertEquals(List.of("early"), found);
  }

  private KeyInfo info(String key) {
    return new KeyInfo(CacheKey.of(key), Expiry.NEVER, 60, 0, false, server.address());
  }

  private void read(List<KeyInfo> keys, Consumer<String> found, Consumer<String> stale) {
    store.bulk().read(server.address(), keys.iterator(), new BulkPort.ReadVisitor() {
      @Override
      public void found(KeyInfo key, CacheEntry entry) {
        found.accept(key.key().toString());
      }

      @Override
      public void absent(KeyInfo key) {
        throw new AssertionError(key + " is absent");
      }

      @Override
      public void stale(KeyInfo key) {
        stale.accept(key.key().toString());
      }

      @Override
      public void refused(KeyInfo key, String reason) {
        throw new AssertionError(key + reason);
      }
    });
  }
}
