package org.ocmcore.cache.domain.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Store;

/**
 * Lists and changes the keys of a namespace in which a pattern is found. It walks the servers, and
 * keeps the keys that match in packed blocks, each once.
 */
final class KeyScan {
  /** A batch is one part of so many of the keys found, so that merging them stays cheap. */
  private static final int SHARE = 6;

  private static final int MIN_BATCH = 16 * 1024;
  private static final int MAX_BATCH = 1024 * 1024;

  private final StoreAccess access;
  private final KeyNamespace namespace;
  private final Optional<KeyPattern> pattern;
  private final Store store;
  private final Clock clock;

  /** @param pattern is found in the name of a key, without the prefix; all keys if empty */
  KeyScan(StoreAccess access, KeyNamespace namespace, Optional<KeyPattern> pattern) {
    this.access = access;
    this.namespace = namespace;
    this.pattern = pattern;
    this.store = access.store();
    this.clock = store.clock();
  }

  /** The names of the keys, in the order of their bytes. Walks when the first is read. */
  Stream<String> names() {
    return Stream.of(store.keyspace().servers())
        .flatMap(servers -> stream(access.counted(() -> walked(servers, store.cache()::place))))
        .filter(CacheKey::isText)
        .map(namespace::name);
  }

  private Stream<CacheKey> stream(KeyIndex found) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Keys(found.cursor(KeyRange.ALL, clock.instant())),
            Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.ORDERED),
        false);
  }

  private static final class Keys implements Iterator<CacheKey> {
    private final KeyCursor cursor;
    private boolean hasNext;

    Keys(KeyCursor cursor) {
      this.cursor = cursor;
      hasNext = cursor.next();
    }

    @Override
    public boolean hasNext() {
      return hasNext;
    }

    @Override
    public CacheKey next() {
      if (!hasNext) {
        throw new NoSuchElementException();
      }
      CacheKey key = cursor.key();
      hasNext = cursor.next();
      return key;
    }
  }

  /** Deletes the keys on every server that holds them; returns how many existed until then. */
  long delete() {
    return change(
        "delete",
        (server, keys, count) -> store
            .bulk()
            .delete(server, keys, (key, outcome, reason) -> count.add(server, outcome, reason)));
  }

  /** Gives the keys a new lifetime on every server that holds them; returns how many existed. */
  long refresh(Lifetime lifetime) {
    return change(
        "refresh",
        (server, keys, count) -> store
            .bulk()
            .refresh(
                server,
                map(keys, key -> new NewLifetime(key, lifetime)),
                (key, outcome, reason) -> count.add(server, outcome, reason)));
  }

  private static <T> Iterator<T> map(Iterator<CacheKey> keys, Function<CacheKey, T> mapping) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public T next() {
        return mapping.apply(keys.next());
      }
    };
  }

  @FunctionalInterface
  private interface Change {
    void apply(String server, Iterator<CacheKey> keys, Count count);
  }

  /** If a server fails, the others still finish. */
  private long change(String name, Change change) {
    String operation = name + " of the keys that match";
    Count count = new Count(operation);
    for (String server : store.keyspace().servers()) {
      try {
        access.call(server, () -> operation, () -> {
          KeyIndex found = walked(List.of(server), key -> new PlacedKey(key, server));
          count.matched += found.sum(KeyRange.ALL, clock.instant()).keys();
          change.apply(server, new Keys(found.cursor(KeyRange.ALL, clock.instant())), count);
          return true;
        });
      } catch (StoreUnavailable e) {
        count.failures.add(e);
      }
    }
    return count.done();
  }

  private static final class Count {
    private final String operation;
    private final List<StoreUnavailable> failures = new ArrayList<>();
    private String refusing = "";
    private long matched;
    private long done;

    Count(String operation) {
      this.operation = operation;
    }

    void add(String server, KeyOutcome outcome, String reason) {
      switch (outcome) {
        case DONE -> done++;
        case ABSENT -> {
          // Somebody else was faster.
        }
        case REFUSED -> addRefusal(server, reason);
      }
    }

    private void addRefusal(String server, String reason) {
      if (!refusing.equals(server)) {
        refusing = server;
        failures.add(StoreUnavailable.refused(server, operation, reason, null));
      }
    }

    long done() {
      if (!failures.isEmpty()) {
        throw new BulkIncomplete(operation, done, matched, failures);
      }
      return done;
    }
  }

  private KeyIndex walked(List<String> servers, Function<CacheKey, PlacedKey> placement) {
    LiveIndex index = new LiveIndex(servers, placement, clock, Long.MAX_VALUE);
    for (String server : servers) {
      new Walk(index, server).run();
    }
    return index.snapshot(clock.instant(), List.of());
  }

  /** Gathers the keys of one server that match. */
  private final class Walk {
    private final LiveIndex index;
    private final String server;
    private final int number;
    private final Optional<KeyPattern.Search> search = pattern.map(KeyPattern::search);
    private final ChangeBatch batch;
    private int batchSize;

    Walk(LiveIndex index, String server) {
      this.index = index;
      this.server = server;
      this.number = index.beginWalk(server);
      this.batch = index.newBatch();
      this.batchSize = batchSize();
    }

    private int batchSize() {
      return index.batchSize(SHARE, MIN_BATCH, MAX_BATCH);
    }

    void run() {
      store.keyspace().walk(server, this::visit);
      index.merge(batch);
    }

    private void visit(KeyInfo info) {
      byte[] key = info.key().bytes();
      if (namespace.contains(key) && matches(key)) {
        batch.addWalked(info, number);
        if (batch.reaches(batchSize)) {
          index.merge(batch);
          batch.clear();
          batchSize = batchSize();
        }
      }
    }

    private boolean matches(byte[] key) {
      return search.isEmpty() || search.get().finds(key, namespace.prefixLength(), key.length);
    }
  }
}
