package org.ocmcore.cache.domain.named;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Operations on one key, on the servers that hold it: clients may have placed it by another rule
 * than ours, or on several servers. Where the index may lack keys, all servers are asked at once
 * before a key counts as missing. Safe for use by any number of threads.
 *
 * <p>Methods throw {@link StoreUnavailable} if a server fails that holds the key, or that may hold
 * it while no other does.
 */
public final class KeyRouter {
  /** The most bytes for which there is room at once, if all items are as large as they may be. */
  private static final long MOST_AT_ONCE = 32L * 1024 * 1024;

  private final Store store;
  private final KeyTracker tracker;
  private final KeyCopies copies;
  private final KeyLocator locator;
  private final ConditionalChanges conditional;
  private final ItemSizes sizes;
  private final Executor executor;

  /**
   * @param store changes what the tracker knows
   * @param executor asks servers; it must have a thread for every task or run tasks on the caller's
   *     thread
   */
  public KeyRouter(Store store, KeyTracker tracker, Executor executor) {
    this.store = store;
    this.tracker = tracker;
    this.copies = new KeyCopies(store);
    this.locator = new KeyLocator(store.cache(), tracker);
    this.conditional = new ConditionalChanges(store, this, locator);
    this.sizes = new ItemSizes(tracker, this::largestItem, store.clock()::instant);
    this.executor = executor;
  }

  /**
   * Reads a key: the copy where it belongs, or else the copy that was used last.
   *
   * @throws KeyNotFound if it does not exist
   */
  public PlacedEntry read(CacheKey key) {
    return read(key, ValueMemory.UNCOUNTED);
  }

  /** The same with memory for the value. */
  public PlacedEntry read(CacheKey key, ValueMemory memory) {
    memory.room(sizes.of(key));
    PlacedEntry found = first(key, server -> copies.read(server, key));
    memory.arrived(found.entry().size());
    return found;
  }

  /**
   * What is known of the copy that {@link #read} would find, without reading it; see
   * {@link org.ocmcore.cache.domain.port.CachePort#inspect}.
   *
   * @throws KeyNotFound if it does not exist
   */
  public VersionedInfo inspect(CacheKey key) {
    return first(key, server -> copies.inspect(server, key));
  }

  /** The first copy, in the order in which they are read. */
  private <T> T first(CacheKey key, Function<String, Optional<T>> question) {
    KeyLocator.Places places = locator.places(key);
    ServerAnswers<Optional<T>> first =
        ServerAnswers.ask(List.of(places.first()), executor, question);
    return found(first).orElseGet(() -> {
      ServerAnswers<Optional<T>> others =
          ServerAnswers.ask(locator.others(places), executor, question);
      return found(others).orElseThrow(() -> missing(key, first, others));
    });
  }

  /** The copy that {@link #read} finds; empty if no server that answers holds one. */
  private Optional<CacheEntry> older(CacheKey key) {
    KeyLocator.Places places = locator.places(key);
    Function<String, Optional<PlacedEntry>> question = server -> copies.read(server, key);
    return found(ServerAnswers.ask(List.of(places.first()), executor, question))
        .or(() -> found(ServerAnswers.ask(locator.others(places), executor, question)))
        .map(PlacedEntry::entry);
  }

  private static <T> Optional<T> found(ServerAnswers<Optional<T>> answers) {
    for (Optional<T> answer : answers.answers().values()) {
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private static KeyNotFound missing(CacheKey key, ServerAnswers<?>... answers) {
    for (ServerAnswers<?> some : answers) {
      some.requireAll();
    }
    return new KeyNotFound(key.toString());
  }

  /**
   * Reads keys, as far as they fit. If one server fails, the others still answer.
   *
   * @param batch the number of keys in one request
   * @param memory when it has no room, no more keys are requested
   */
  public NamedValues values(List<CacheKey> keys, int batch, ValueMemory memory) {
    long maxBytes = memory.mostBytes();
    NamedReading reading = new NamedReading(store.cache(), locator, executor, memory);
    int asked = 0;
    int some = 1;
    while (asked < keys.size() && some > 0 && reading.bytes() < maxBytes) {
      List<CacheKey> rest = keys.subList(asked, keys.size());
      some = memory.room(sizes.most(rest, maxBytes));
      for (int from = 0; from < some && reading.bytes() < maxBytes; from += batch) {
        int to = Math.min(some, from + batch);
        reading.read(rest.subList(from, to));
        asked += to - from;
      }
    }
    reading.leave(keys.subList(asked, keys.size()));
    return reading.result();
  }

  /**
   * Reads keys that were found, in their order.
   *
   * @param memory when it has no room, no more keys are requested
   * @throws StoreUnavailable if a server fails
   */
  public FoundValues values(List<KeyInfo> keys, ValueMemory memory) {
    List<CacheEntry> entries = new ArrayList<>();
    int asked = 0;
    int some = 1;
    while (asked < keys.size() && some > 0) {
      List<KeyInfo> rest = keys.subList(asked, keys.size());
      some = memory.room(sizes.mostOfKnown(rest, MOST_AT_ONCE));
      for (List<KeyInfo> batch : Batches.of(rest.subList(0, some))) {
        for (CacheEntry entry : store.cache().readAll(Batches.placed(batch))) {
          memory.arrived(entry.size());
          entries.add(entry);
        }
      }
      asked += some;
    }
    return new FoundValues(entries, asked);
  }

  /**
   * Stores a value as {@link #store(CacheKey, CacheValue, Lifetime)} does, and keeps what the
   * request says of the older one. The older one is read before; a change by another client in
   * between is not noticed, unless the request has a version as its precondition.
   *
   * <p>If several servers hold the key, the precondition is that of the copy that {@link #read}
   * finds; the other copies follow it.
   *
   * @param room takes as many bytes as the older value may have before it is read, or throws
   * @throws KeyNotFound if the older lifetime should stay and there is none
   * @throws org.ocmcore.cache.domain.error.PreconditionFailed if the precondition does not hold
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge if it exceeds a server's limit; the older
   *     value stays
   */
  public StoreReceipt store(StoreRequest request, LongConsumer room) {
    if (request.needsOlder()) {
      room.accept(sizes.of(request.key()));
    }
    return store(request);
  }

  /** The same without a bound for the memory of what is read. */
  StoreReceipt store(StoreRequest request) {
    if (request.precondition().kind() != Precondition.Kind.NONE) {
      return conditional.store(request);
    }
    CacheKey key = request.key();
    Optional<CacheEntry> older = Optional.empty();
    if (request.lifetime().isEmpty()) {
      older = Optional.of(read(key).entry());
    } else if (request.keepsFlags()) {
      older = older(key);
    }
    Instant now = store.clock().instant();
    if (older.isPresent() && older.get().expiry().isPast(now)) {
      older = Optional.empty();
    }
    CacheValue value = older.map(request::valueOver).orElse(request.value());
    Lifetime lifetime = older
        .map(entry -> request.lifetimeOver(entry, now))
        .or(request::lifetime)
        .orElseThrow(() -> new KeyNotFound(key.toString()));
    return store(key, value, lifetime);
  }

  /**
   * Stores a value: a new key where it belongs, any other on each server that holds it.
   *
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge if it exceeds a server's limit; the older
   *     value stays
   */
  public StoreReceipt store(CacheKey key, CacheValue value, Lifetime lifetime) {
    KeyLocator.Places places = locator.places(key);
    List<String> home = List.of(places.home());
    List<String> holders = locator.isSingleServer() ? home : holders(key, places);
    if (holders.isEmpty() || holders.equals(home)) {
      boolean isNew = store.cache().add(key, value, lifetime);
      if (!isNew) {
        store.cache().store(key, value, lifetime);
      }
      return new StoreReceipt(isNew, home, value.flags(), lifetime);
    }
    storeOn(holders, key, value, lifetime).requireAll();
    return new StoreReceipt(false, holders, value.flags(), lifetime);
  }

  ServerAnswers<Boolean> storeOn(
      List<String> servers, CacheKey key, CacheValue value, Lifetime lifetime) {
    return ServerAnswers.ask(servers, executor, server -> {
      copies.store(server, key, value, lifetime);
      return true;
    });
  }

  /** The servers that hold the key. Those that do not answer only count if they are known to. */
  List<String> holders(CacheKey key, KeyLocator.Places places) {
    ServerAnswers<Boolean> held = held(key, places);
    held.require(places.known(), List.of());
    return holders(held);
  }

  /** Whether each server that may hold the key does. */
  ServerAnswers<Boolean> held(CacheKey key, KeyLocator.Places places) {
    return ServerAnswers.ask(
        locator.possible(places), executor, server -> copies.isHeld(server, key));
  }

  static List<String> holders(ServerAnswers<Boolean> held) {
    return held.answers().entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The largest item that any server accepts, in bytes; empty if no server answers. */
  public OptionalLong largestItem() {
    return ServerAnswers.ask(tracker.servers(), executor, store.bulk()::maxItemSize)
        .answers()
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max();
  }

  /**
   * Gives all copies of a key a new lifetime; returns the servers that hold one.
   *
   * @throws KeyNotFound if it does not exist
   */
  public List<String> refresh(CacheKey key, Lifetime lifetime) {
    return change(key, server -> copies.refresh(server, key, lifetime));
  }

  /**
   * Deletes all copies of a key; returns the servers that held one.
   *
   * @throws KeyNotFound if it does not exist
   */
  public List<String> delete(CacheKey key) {
    return change(key, server -> copies.delete(server, key));
  }

  /**
   * Deletes all copies of a key if a precondition holds of the copy that {@link #read} finds;
   * returns the servers that held one.
   *
   * @throws KeyNotFound if it does not exist and there is no precondition
   * @throws org.ocmcore.cache.domain.error.PreconditionFailed if the precondition does not hold
   * @throws IllegalArgumentException if the key must be absent
   */
  public List<String> delete(CacheKey key, Precondition precondition) {
    return precondition.kind() == Precondition.Kind.NONE
        ? delete(key)
        : conditional.delete(key, precondition);
  }

  ServerAnswers<Boolean> deleteOn(List<String> servers, CacheKey key) {
    return ServerAnswers.ask(servers, executor, server -> copies.delete(server, key));
  }

  private List<String> change(CacheKey key, Predicate<String> change) {
    KeyLocator.Places places = locator.places(key);
    ServerAnswers<Boolean> changed =
        ServerAnswers.ask(locator.possible(places), executor, change::test);
    List<String> holders = holders(changed);
    changed.require(places.known(), holders);
    if (holders.isEmpty()) {
      throw missing(key, changed);
    }
    return holders;
  }
}
