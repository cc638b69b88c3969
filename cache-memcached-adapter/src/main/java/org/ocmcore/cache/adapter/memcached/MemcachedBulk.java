package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.util.Iterator;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;

/** The {@link BulkPort} of a {@link MemcachedStore}. */
final class MemcachedBulk implements BulkPort {
  /** Bytes that the answer to {@link MetaCommand#FIND} takes, about, without the key. */
  private static final int FOUND = 64;

  /** Bytes that a change and its answer take, about, without the key. */
  private static final int CHANGED = 32;

  private static final Operation READ = Operation.of("read of many keys");
  private static final Operation FIND = Operation.of("look-up of many keys");
  private static final Operation STORE = Operation.of("store of many keys");
  private static final Operation DELETE = Operation.of("delete of many keys");
  private static final Operation REFRESH = Operation.of("refresh of many keys");

  private final Servers servers;
  private final Clock clock;

  MemcachedBulk(Servers servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  @Override
  public void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor) {
    work(server, READ, keys, (asked, operation) -> new ReadHandler(visitor, clock));
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    work(server, FIND, keys, (asked, operation) -> new FindHandler(visitor));
  }

  @Override
  public long maxItemSize(String server) {
    return servers.named(server).itemLimit(Operation.of("item limit"), servers.deadline());
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    work(
        server,
        STORE,
        entries,
        (asked, operation) -> new StoreHandler(
            new ServerLifetimes(asked, operation, servers::deadline),
            asked.itemLimit(operation, servers.deadline()),
            clock,
            onlyAbsent,
            visitor));
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    work(server, DELETE, keys, (asked, operation) -> new DeleteHandler(visitor));
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    work(
        server,
        REFRESH,
        keys,
        (asked, operation) ->
            new RefreshHandler(new ServerLifetimes(asked, operation, servers::deadline), visitor));
  }

  private <T> void work(String server, Operation operation, Iterator<T> items, WorkOn<T> workOn) {
    Server asked = servers.named(server);
    asked.requireOpen();
    if (items.hasNext()) {
      Pipeline.Handler<T> work = workOn.server(asked, operation);
      asked.pipeline(operation, servers.deadline(), items, work);
    }
  }

  /** Says what is to be done on a server. */
  @FunctionalInterface
  private interface WorkOn<T> {
    Pipeline.Handler<T> server(Server server, Operation operation);
  }

  private record ReadHandler(ReadVisitor visitor, Clock clock)
      implements Pipeline.Handler<KeyInfo> {
    @Override
    public long weight(KeyInfo key) {
      return key.size() + key.key().length();
    }

    @Override
    public void ask(KeyInfo key, Output output) {
      output.read(key.key());
    }

    @Override
    public void tell(KeyInfo key, MetaResponse answer) throws IOException {
      if (answer.status() == Status.REFUSED) {
        visitor.refused(key, answer.reason());
      } else if (MetaCommand.READ.isGranted(answer)) {
        visitor.found(key, answer.entry(key.key(), clock));
      } else {
        visitor.absent(key);
      }
    }
  }

  private record FindHandler(FindVisitor visitor) implements Pipeline.Handler<CacheKey> {
    @Override
    public long weight(CacheKey key) {
      return FOUND + 2L * key.length();
    }

    @Override
    public void ask(CacheKey key, Output output) {
      output.find(key);
    }

    @Override
    public void tell(CacheKey key, MetaResponse answer) throws IOException {
      boolean isThere = MetaCommand.FIND.isGranted(answer);
      if (isThere && !answer.isAbout(key)) {
        throw ProtocolException.toAnotherRequest();
      }
      visitor.visit(key, isThere);
    }
  }

  /** Tells what became of a key that was to be changed. */
  private static <T> void tell(
      T key, MetaCommand question, MetaResponse answer, KeyVisitor<T> visitor) throws IOException {
    if (answer.status() == Status.REFUSED) {
      visitor.visit(key, KeyOutcome.REFUSED, answer.reason());
    } else {
      boolean done = question.isGranted(answer);
      visitor.visit(key, done ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    }
  }

  private record DeleteHandler(KeyVisitor<CacheKey> visitor) implements Pipeline.Handler<CacheKey> {
    @Override
    public long weight(CacheKey key) {
      return CHANGED + key.length();
    }

    @Override
    public void ask(CacheKey key, Output output) {
      output.delete(key);
    }

    @Override
    public void tell(CacheKey key, MetaResponse answer) throws IOException {
      MemcachedBulk.tell(key, MetaCommand.DELETE, answer, visitor);
    }
  }

  private record RefreshHandler(ServerLifetimes lifetimes, KeyVisitor<NewLifetime> visitor)
      implements Pipeline.Handler<NewLifetime> {
    @Override
    public long weight(NewLifetime key) {
      return CHANGED + key.key().length();
    }

    @Override
    public void ask(NewLifetime key, Output output) {
      output.touch(key.key(), lifetimes.ttl(key.lifetime()));
    }

    @Override
    public void tell(NewLifetime key, MetaResponse answer) throws IOException {
      MemcachedBulk.tell(key, MetaCommand.TOUCH, answer, visitor);
    }
  }
}
