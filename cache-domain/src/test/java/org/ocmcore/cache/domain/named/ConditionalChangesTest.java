package org.ocmcore.cache.domain.named;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.testing.Bench;

/** Changes with a precondition, of keys that several servers may hold. */
class ConditionalChangesTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final CacheValue NEW = CacheValue.ofText("new");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);

  private final Bench bench = new Bench();
  private final KeyRouter router = bench.named;
  private final String home = bench.cache.place(KEY).server();
  private final String other = bench.cache.servers().stream()
      .filter(server -> !server.equals(home))
      .findFirst()
      .orElseThrow();

  private void put(String server, CacheValue value) {
    bench.cache.put(server, new CacheEntry(KEY, value, Expiry.NEVER));
  }

  private void put(String server, String value) {
    put(server, CacheValue.ofText(value));
  }

  private StoreReceipt store(Precondition precondition) {
    return router.store(new StoreRequest(KEY, NEW, false, Optional.of(HOUR), precondition));
  }

  /** The version of the copy that reads find. */
  private Precondition current() {
    return Precondition.version(router.inspect(KEY).version());
  }

  private Set<String> holders() {
    Set<String> holders = new TreeSet<>(bench.cache.servers());
    holders.removeIf(server -> !bench.cache.keysOn(server).contains(KEY));
    return holders;
  }

  @Test
  void inspectingFindsTheCopyThatReadsFind() {
    put(other, "misplaced");
    assertEquals(other, router.inspect(KEY).info().server());
    put(home, "right");
    assertEquals(home, router.inspect(KEY).info().server());
    assertEquals(router.read(KEY).version(), router.inspect(KEY).version());
  }

  @Test
  void inspectingAnAbsentKeyFails() {
    assertThrows(KeyNotFound.class, () -> router.inspect(KEY));
  }

  @Test
  void inspectingMarksNoCopyAsFetched() {
    put(home, "v");
    router.inspect(KEY);
    assertFalse(router.inspect(KEY).info().fetched());
  }

  @Test
  void aMisplacedCopyPreventsAdding() {
    put(other, "v");
    assertThrows(PreconditionFailed.class, () -> store(Precondition.ABSENT));
    assertEquals(Set.of(other), holders());
  }

  @Test
  void addingNeedsEveryServerThatMayHoldTheKey() {
    put(other, "v");
    bench.cache.takeDown(other);
    assertThrows(StoreUnavailable.class, () -> store(Precondition.ABSENT));
    bench.cache.bringBack(other);
    assertEquals(Set.of(other), holders());
  }

  @Test
  void aKnownCopyPreventsAddingWhileAnotherServerIsDown() {
    put(home, "v");
    bench.cache.takeDown(other);
    assertThrows(PreconditionFailed.class, () -> store(Precondition.ABSENT));
  }

  @Test
  void addingStoresWhereTheKeyBelongs() {
    assertEquals(List.of(home), store(Precondition.ABSENT).servers());
    assertThrows(PreconditionFailed.class, () -> store(Precondition.ABSENT));
  }

  @Test
  void theOtherCopiesFollowTheFirst() {
    put(home, "a");
    put(other, "b");
    StoreReceipt stored = store(current());
    assertEquals(List.of(home, other), stored.servers());
    assertFalse(stored.isNew());
    for (String server : stored.servers()) {
      assertEquals(
          Optional.of(NEW),
          bench.cache.read(placed(server)).map(found -> found.entry().value()));
    }
  }

  private static PlacedKey placed(String server) {
    return new PlacedKey(KEY, server);
  }

  @Test
  void anotherVersionStoresNothing() {
    put(home, "a");
    Precondition seen = current();
    put(home, "b");
    put(other, "c");
    assertThrows(PreconditionFailed.class, () -> store(seen));
    assertThrows(PreconditionFailed.class, () -> router.delete(KEY, seen));
    assertEquals(CacheValue.ofText("b"), router.read(KEY).entry().value());
    assertEquals(new TreeSet<>(Set.of(home, other)), holders());
  }

  @Test
  void aChangeAfterTheInspectionStoresNothing() {
    put(home, "a");
    Precondition seen = current();
    bench.cache.beforeEach(operation -> {
      if (operation.equals("store")) {
        bench.cache.beforeEach(any -> {});
        put(home, "between");
      }
    });
    assertThrows(PreconditionFailed.class, () -> store(seen));
    assertEquals(CacheValue.ofText("between"), router.read(KEY).entry().value());
  }

  @Test
  void aMissingKeyFailsBothPreconditions() {
    for (Precondition precondition : List.of(Precondition.PRESENT, Precondition.version(5))) {
      assertThrows(PreconditionFailed.class, () -> store(precondition));
      assertThrows(PreconditionFailed.class, () -> router.delete(KEY, precondition));
    }
    assertEquals(Set.of(), holders());
  }

  @Test
  void flagsAndLifetimeStayWithAPrecondition() {
    put(home, CacheValue.of(new byte[] {1}, 9));
    StoreReceipt stored =
        router.store(new StoreRequest(KEY, NEW, true, Optional.empty(), current()));
    assertEquals(9, stored.flags());
    assertEquals(Lifetime.FOREVER, stored.lifetime());
    assertThrows(
        IllegalArgumentException.class,
        () -> new StoreRequest(KEY, NEW, true, Optional.empty(), Precondition.ABSENT));
  }

  @Test
  void deletingWithTheVersionDeletesAllCopies() {
    put(home, "a");
    put(other, "b");
    assertEquals(List.of(home, other), router.delete(KEY, current()));
    assertEquals(Set.of(), holders());
  }

  @Test
  void aPresentKeyIsDeleted() {
    put(other, "b");
    assertEquals(List.of(other), router.delete(KEY, Precondition.PRESENT));
    assertThrows(IllegalArgumentException.class, () -> router.delete(KEY, Precondition.ABSENT));
  }

  @Test
  void aServerThatIsDownIsNoFailedPrecondition() {
    put(home, "a");
    Precondition seen = current();
    bench.cache.takeDown(home);
    assertThrows(StoreUnavailable.class, () -> store(seen));
    assertThrows(StoreUnavailable.class, () -> router.delete(KEY, seen));
  }
}
