package org.ocmcore.cache.domain.named;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.Precondition.Kind;
import org.ocmcore.cache.domain.port.Store;

/**
 * Changes of one key with a precondition. The precondition is checked on the copy that reads find,
 * in the same step in which that copy changes; then the other copies follow. Safe for use by any
 * number of threads.
 */
final class ConditionalChanges {
  private final Store store;
  private final KeyRouter router;
  private final KeyLocator locator;

  ConditionalChanges(Store store, KeyRouter router, KeyLocator locator) {
    this.store = store;
    this.router = router;
    this.locator = locator;
  }

  /** See {@link KeyRouter#store(StoreRequest)}. */
  StoreReceipt store(StoreRequest request) {
    return request.precondition().kind() == Kind.ABSENT ? add(request) : replace(request);
  }

  private StoreReceipt add(StoreRequest request) {
    CacheKey key = request.key();
    KeyLocator.Places places = locator.places(key);
    Lifetime lifetime = request.lifetime().orElseThrow();
    if (isElsewhere(key, places)
        || !store
            .cache()
            .store(
                new PlacedKey(key, places.home()),
                request.value(),
                lifetime,
                request.precondition())) {
      throw PreconditionFailed.exists(key.toString());
    }
    return new StoreReceipt(true, List.of(places.home()), request.value().flags(), lifetime);
  }

  /** @throws StoreUnavailable if a server that may hold the key does not answer, and none has it */
  private boolean isElsewhere(CacheKey key, KeyLocator.Places places) {
    if (locator.isSingleServer()) {
      return false;
    }
    ServerAnswers<Boolean> held = router.held(key, places);
    if (KeyRouter.holders(held).isEmpty()) {
      held.requireAll();
      return false;
    }
    return true;
  }

  private StoreReceipt replace(StoreRequest request) {
    CacheKey key = request.key();
    Precondition precondition = request.precondition();
    Optional<CacheEntry> older = Optional.empty();
    PlacedKey first;
    if (request.needsOlder()) {
      PlacedEntry found = presentEntry(key);
      requireVersion(key, found.server(), found.version(), precondition);
      first = new PlacedKey(key, found.server());
      older = Optional.of(found.entry());
    } else {
      first = inspected(key, precondition);
    }
    Instant now = store.clock().instant();
    if (older.isPresent() && older.get().expiry().isPast(now)) {
      throw PreconditionFailed.absent(key.toString());
    }
    CacheValue value = older.map(request::valueOver).orElse(request.value());
    Lifetime lifetime = older
        .map(entry -> request.lifetimeOver(entry, now))
        .or(request::lifetime)
        .orElseThrow();
    List<String> others = others(key, first);
    if (!store.cache().store(first, value, lifetime, precondition)) {
      throw failed(key, precondition);
    }
    router.storeOn(others, key, value, lifetime).require(others, List.of(first.server()));
    return new StoreReceipt(false, all(first, others), value.flags(), lifetime);
  }

  /** See {@link KeyRouter#delete(CacheKey, Precondition)}. */
  List<String> delete(CacheKey key, Precondition precondition) {
    return switch (precondition.kind()) {
      case PRESENT -> deletePresent(key);
      case VERSION -> deleteVersion(key, precondition);
      case NONE, ABSENT ->
        throw new IllegalArgumentException(
            "precondition %s of the deletion of key '%s'".formatted(precondition.kind(), key));
    };
  }

  private List<String> deletePresent(CacheKey key) {
    try {
      return router.delete(key);
    } catch (KeyNotFound e) {
      throw PreconditionFailed.absent(key.toString());
    }
  }

  private List<String> deleteVersion(CacheKey key, Precondition precondition) {
    PlacedKey first = inspected(key, precondition);
    List<String> others = others(key, first);
    if (!store.cache().delete(first, precondition.version())) {
      throw failed(key, precondition);
    }
    ServerAnswers<Boolean> deleted = router.deleteOn(others, key);
    deleted.require(others, all(first, KeyRouter.holders(deleted)));
    return all(first, KeyRouter.holders(deleted));
  }

  /** The copy that reads find, which has the version of the precondition, if that has one. */
  private PlacedKey inspected(CacheKey key, Precondition precondition) {
    try {
      VersionedInfo found = router.inspect(key);
      requireVersion(key, found.info().server(), found.version(), precondition);
      return found.info().placed();
    } catch (KeyNotFound e) {
      throw PreconditionFailed.absent(key.toString());
    }
  }

  private PlacedEntry presentEntry(CacheKey key) {
    try {
      return router.read(key);
    } catch (KeyNotFound e) {
      throw PreconditionFailed.absent(key.toString());
    }
  }

  private static void requireVersion(
      CacheKey key, String server, long version, Precondition precondition) {
    if (precondition.kind() != Kind.VERSION) {
      return;
    }
    if (version == VersionedEntry.UNVERSIONED) {
      throw StoreUnavailable.refused(
          server,
          "change of key '%s'".formatted(key),
          "it keeps no versions, since it was started with -C",
          null);
    }
    if (version != precondition.version()) {
      throw failed(key, precondition);
    }
  }

  private static PreconditionFailed failed(CacheKey key, Precondition precondition) {
    return precondition.kind() == Kind.VERSION
        ? PreconditionFailed.changed(key.toString())
        : PreconditionFailed.absent(key.toString());
  }

  /** The servers with the other copies. */
  private List<String> others(CacheKey key, PlacedKey first) {
    if (locator.isSingleServer()) {
      return List.of();
    }
    List<String> others = new ArrayList<>(router.holders(key, locator.places(key)));
    others.remove(first.server());
    return others;
  }

  private static List<String> all(PlacedKey first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first.server()));
    all.addAll(others);
    return all;
  }
}
