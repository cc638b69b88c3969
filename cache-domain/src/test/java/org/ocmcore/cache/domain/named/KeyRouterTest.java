package org.ocmcore.cache.domain.named;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.JsonMark;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.testing.Bench;

/** Keys that other clients placed by another rule, or on several servers. */
class KeyRouterTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final CacheValue NEW = CacheValue.ofText("new");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);

  private final Bench bench = new Bench();
  private final KeyRouter router = bench.named;
  private final String home = bench.cache.place(KEY).server();

  /** The servers where the key does not belong. */
  private final List<String> elsewhere =
      bench.cache.servers().stream().filter(server -> !server.equals(home)).toList();

  private void put(String server, String value) {
    bench.cache.put(server, new CacheEntry(KEY, CacheValue.ofText(value), Expiry.NEVER));
  }

  private void walk() {
    bench.tracker.fresh();
  }

  /** The operations on servers during this work. */
  private List<String> calls(Runnable work) {
    List<String> calls = new ArrayList<>();
    bench.cache.beforeEach(calls::add);
    work.run();
    bench.cache.beforeEach(operation -> {});
    return calls;
  }

  private static String text(CacheValue value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }

  private String read() {
    PlacedEntry found = router.read(KEY);
    return text(found.entry().value()) + " on " + found.server();
  }

  @Test
  void aMisplacedKeyIsFoundBeforeAnyWalk() {
    put(elsewhere.get(1), "v");
    assertEquals("v on " + elsewhere.get(1), read());
  }

  @Test
  void aKnownKeyTakesOneCall() {
    put(elsewhere.get(1), "v");
    walk();
    assertEquals(List.of("read"), calls(this::read));
  }

  @Test
  void aKeyWhereItBelongsTakesOneCall() {
    put(home, "v");
    assertEquals(List.of("read"), calls(this::read));
  }

  @Test
  void theCopyWhereItBelongsIsPreferred() {
    put(elsewhere.get(0), "other");
    put(home, "right");
    walk();
    assertEquals("right on " + home, read());
  }

  @Test
  void theCopyUsedLastComesNext() {
    put(elsewhere.get(0), "old");
    bench.clock.advance(Duration.ofMinutes(1));
    put(elsewhere.get(1), "newer");
    walk();
    assertEquals("newer on " + elsewhere.get(1), read());
  }

  @Test
  void aKeyThatMovedIsFoundAgain() {
    put(elsewhere.get(0), "v");
    walk();
    bench.cache.delete(elsewhere.get(0), List.of(KEY).iterator(), (key, outcome, reason) -> {});
    put(elsewhere.get(1), "v");
    assertEquals("v on " + elsewhere.get(1), read());
  }

  @Test
  void aMissingKeyIsAskedForEverywhere() {
    assertThrows(KeyNotFound.class, () -> router.read(KEY));
    assertThrows(KeyNotFound.class, () -> router.delete(KEY));
    assertThrows(KeyNotFound.class, () -> router.refresh(KEY, HOUR));
  }

  @Test
  void aDownServerMayHoldAMissingKey() {
    bench.cache.takeDown(elsewhere.get(0));
    assertThrows(StoreUnavailable.class, () -> router.read(KEY));
    assertThrows(StoreUnavailable.class, () -> router.delete(KEY));
    assertThrows(StoreUnavailable.class, () -> router.refresh(KEY, HOUR));
  }

  @Test
  void aDownServerDoesNotHideOthersKeys() {
    put(elsewhere.get(1), "v");
    bench.cache.takeDown(home);
    assertEquals("v on " + elsewhere.get(1), read());
    assertEquals(List.of(elsewhere.get(1)), router.refresh(KEY, HOUR));
    assertEquals(List.of(elsewhere.get(1)), router.delete(KEY));
  }

  @Test
  void aKnownCopyOnADownServerIsNotDeleted() {
    put(home, "v");
    put(elsewhere.get(0), "v");
    walk();
    bench.cache.takeDown(elsewhere.get(0));
    StoreUnavailable failure = assertThrows(StoreUnavailable.class, () -> router.delete(KEY));
    assertEquals(elsewhere.get(0), failure.server());
    assertTrue(failure.getMessage().endsWith("; it was done on " + home), failure.getMessage());
  }

  @Test
  void allCopiesAreDeleted() {
    bench.cache.servers().forEach(server -> put(server, "v"));
    List<String> deleted = router.delete(KEY);
    assertEquals(Set.copyOf(bench.cache.servers()), Set.copyOf(deleted));
    assertEquals(home, deleted.get(0));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void allCopiesAreRefreshed() {
    put(home, "v");
    put(elsewhere.get(0), "v");
    assertEquals(List.of(home, elsewhere.get(0)), router.refresh(KEY, HOUR));
    bench.clock.advance(Duration.ofHours(2));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void theLargestItemIsThatOfServersThatAnswer() {
    bench.cache.takeDown(home);
    assertEquals(OptionalLong.of(ItemSize.DEFAULT_MAX), router.largestItem());
    elsewhere.forEach(bench.cache::takeDown);
    assertEquals(OptionalLong.empty(), router.largestItem());
  }

  @Test
  void aNewKeyGoesWhereItBelongs() {
    assertEquals(new StoreReceipt(true, List.of(home), 0, HOUR), router.store(KEY, NEW, HOUR));
    assertEquals("new on " + home, read());
    assertEquals(new StoreReceipt(false, List.of(home), 0, HOUR), router.store(KEY, NEW, HOUR));
  }

  @Test
  void aMisplacedKeyIsReplacedWhereItIs() {
    put(elsewhere.get(1), "v");
    StoreReceipt receipt = router.store(KEY, NEW, HOUR);
    assertEquals(new StoreReceipt(false, List.of(elsewhere.get(1)), 0, HOUR), receipt);
    assertEquals(Set.of(), bench.cache.keysOn(home));
    assertEquals("new on " + elsewhere.get(1), read());
  }

  private static StoreRequest keeping(boolean flags, Optional<Lifetime> lifetime) {
    return new StoreRequest(KEY, NEW, flags, lifetime);
  }

  private void put(String server, CacheValue value, Expiry expiry) {
    bench.cache.put(server, new CacheEntry(KEY, value, expiry));
  }

  @Test
  void flagsOfTheOlderValueStay() {
    put(elsewhere.get(1), CacheValue.of(new byte[] {'1'}, 2), Expiry.NEVER);
    StoreReceipt receipt = router.store(keeping(true, Optional.of(HOUR)));
    assertEquals(new StoreReceipt(false, List.of(elsewhere.get(1)), 2, HOUR), receipt);
    assertEquals(2, router.read(KEY).entry().value().flags());
    assertEquals(0, router.store(keeping(false, Optional.of(HOUR))).flags());
  }

  @Test
  void flagsThatMarkedJsonDoNotStay() {
    put(home, CacheValue.of(new byte[] {'1'}, JsonMark.OLD_FLAGS), Expiry.NEVER);
    assertEquals(0, router.store(keeping(true, Optional.of(HOUR))).flags());
  }

  @Test
  void aNewKeyKeepsNoFlags() {
    assertEquals(
        new StoreReceipt(true, List.of(home), 0, HOUR),
        router.store(keeping(true, Optional.of(HOUR))));
  }

  @Test
  void aNewKeyIsStoredWhileAnotherServerIsDown() {
    bench.cache.takeDown(elsewhere.get(0));
    assertTrue(router.store(keeping(true, Optional.of(HOUR))).isNew());
  }

  @Test
  void theOlderLifetimeStays() {
    put(home, NEW, Expiry.after(bench.clock.instant(), HOUR));
    bench.clock.advance(Duration.ofMinutes(1));
    assertEquals(
        Lifetime.ofSeconds(3_540), router.store(keeping(true, Optional.empty())).lifetime());
    put(home, NEW, Expiry.NEVER);
    assertEquals(
        Lifetime.FOREVER, router.store(keeping(false, Optional.empty())).lifetime());
  }

  @Test
  void aMissingKeyHasNoLifetimeToKeep() {
    assertThrows(KeyNotFound.class, () -> router.store(keeping(true, Optional.empty())));
  }

  @Test
  void allCopiesAreReplaced() {
    put(home, "v");
    put(elsewhere.get(0), "v");
    assertEquals(List.of(home, elsewhere.get(0)), router.store(KEY, NEW, HOUR).servers());
    router.read(KEY);
    assertTrue(bench.cache.readAll(List.of(new PlacedKey(KEY, elsewhere.get(0)))).stream()
        .allMatch(entry -> entry.value().equals(NEW)));
  }

  @Test
  void misplacedKeysAreReadTogether() {
    List<CacheKey> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      bench.stray("many" + i);
      keys.add(CacheKey.of("many" + i));
    }
    keys.add(CacheKey.of("nowhere"));
    NamedValues values = router.values(keys, 32, ValueMemory.UNCOUNTED);
    assertEquals(
        keys.subList(0, 50), values.entries().stream().map(CacheEntry::key).toList());
    assertEquals(List.of(CacheKey.of("nowhere")), values.absent());
  }

  @Test
  void keysOnADownServerCountAsUnread() {
    bench.cache.takeDown(elsewhere.get(0));
    put(elsewhere.get(1), "v");
    NamedValues values =
        router.values(List.of(KEY, CacheKey.of("nowhere")), 32, ValueMemory.UNCOUNTED);
    assertEquals(1, values.entries().size());
    assertEquals(List.of(CacheKey.of("nowhere")), values.unread());
    assertEquals(1, values.failures().size());
  }

  @Test
  void misplacedKeysAreDeletedByName() {
    String server = bench.stray("a");
    bench.store("a", "v");
    bench.stray("b");
    BulkAccount account = bench.bulk.run(
        BulkChange.DELETE, List.of(CacheKey.of("a"), CacheKey.of("b"), CacheKey.of("none")));
    assertEquals(3, account.sum(ServerBulkAccount::done), server);
    assertEquals(1, account.sum(ServerBulkAccount::absent));
    assertEquals(Optional.empty(), account.failure());
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void anUnsearchedServerMakesADeleteIncomplete() {
    bench.stray("b");
    String down = bench.cache.servers().stream()
        .filter(server -> bench.cache.keysOn(server).isEmpty())
        .filter(server -> !bench.cache.place(CacheKey.of("none")).server().equals(server))
        .findFirst()
        .orElseThrow();
    bench.cache.takeDown(down);
    BulkAccount found = bench.bulk.run(BulkChange.DELETE, List.of(CacheKey.of("b")));
    assertEquals(Optional.empty(), found.failure());
    BulkAccount missing = bench.bulk.run(BulkChange.DELETE, List.of(CacheKey.of("none")));
    assertTrue(missing.failure().isPresent());
  }
}
