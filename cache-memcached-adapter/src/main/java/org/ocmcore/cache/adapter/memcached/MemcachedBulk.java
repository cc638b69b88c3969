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

/** The {@link BulkPort} of a {@link MemcachedStore}: one {@link Pipeline} for each call. */
final class MemcachedBulk implements BulkPort {
  /** The approximate size of a response to {@link MetaCommand#DEBUG}, without the key. */
  private static final int METADATA_BYTES = 64;

  /** The approximate size of a change and its response together, without the key. */
  private static final int CHANGE_BYTES = 32;

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
    execute(server, READ, keys, (target, operation) -> new ReadHandler(visitor, clock));
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    execute(server, FIND, keys, (target, operation) -> new FindHandler(visitor));
  }

  @Override
  public long maxItemSize(String server) {
    return servers.server(server).maxItemSize(Operation.of("item limit"), servers.newDeadline());
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    execute(
        server,
        STORE,
        entries,
        (target, operation) -> new StoreHandler(
            new TtlEncoder(target, operation, servers::newDeadline),
            target.maxItemSize(operation, servers.newDeadline()),
            clock,
            onlyAbsent,
            visitor));
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    execute(server, DELETE, keys, (target, operation) -> new DeleteHandler(visitor));
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    execute(
        server,
        REFRESH,
        keys,
        (target, operation) ->
            new RefreshHandler(new TtlEncoder(target, operation, servers::newDeadline), visitor));
  }

  private <T> void execute(
      String server, Operation operation, Iterator<T> items, HandlerFactory<T> handlerFactory) {
    Server target = servers.server(server);
    target.requireOpen();
    if (items.hasNext()) {
      Pipeline.Handler<T> handler = handlerFactory.create(target, operation);
      target.pipeline(operation, servers.newDeadline(), items, handler);
    }
  }

  /** Creates the handler for one server. */
  @FunctionalInterface
  private interface HandlerFactory<T> {
    Pipeline.Handler<T> create(Server server, Operation operation);
  }

  private record ReadHandler(ReadVisitor visitor, Clock clock)
      implements Pipeline.Handler<KeyInfo> {
    @Override
    public CacheKey key(KeyInfo key) {
      return key.key();
    }

    @Override
    public long weight(KeyInfo key) {
      return key.size() + key.key().length();
    }

    @Override
    public void writeRequest(KeyInfo key, OutputBuffer output) {
      output.appendGet(key.key());
    }

    @Override
    public void handleResponse(KeyInfo key, MetaResponse response) throws IOException {
      if (response.status() == Status.SERVER_ERROR) {
        visitor.refused(key, response.reason());
      } else if (MetaCommand.GET.isSuccess(response) && response.isProvisional()) {
        visitor.stale(key);
      } else if (MetaCommand.GET.isSuccess(response)) {
        visitor.found(key, response.entry(key.key(), clock));
      } else {
        visitor.absent(key);
      }
    }
  }

  private record FindHandler(FindVisitor visitor) implements Pipeline.Handler<CacheKey> {
    @Override
    public long weight(CacheKey key) {
      return METADATA_BYTES + 2L * key.length();
    }

    @Override
    public void writeRequest(CacheKey key, OutputBuffer output) {
      output.appendDebug(key);
    }

    @Override
    public void handleResponse(CacheKey key, MetaResponse response) throws IOException {
      boolean isThere = MetaCommand.DEBUG.isSuccess(response);
      if (isThere && !response.isAbout(key)) {
        throw ProtocolException.forOtherRequest();
      }
      visitor.visit(key, isThere);
    }
  }

  /** Reports the outcome of a change to the visitor. */
  private static <T> void reportOutcome(
      T key, MetaCommand command, MetaResponse response, KeyVisitor<T> visitor) throws IOException {
    if (response.status() == Status.SERVER_ERROR) {
      visitor.visit(key, KeyOutcome.REFUSED, response.reason());
    } else {
      boolean success = command.isSuccess(response);
      visitor.visit(key, success ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    }
  }

  private record DeleteHandler(KeyVisitor<CacheKey> visitor) implements Pipeline.Handler<CacheKey> {
    @Override
    public long weight(CacheKey key) {
      return CHANGE_BYTES + key.length();
    }

    @Override
    public boolean mayBeQuiet() {
      return true;
    }

    @Override
    public void writeRequest(CacheKey key, OutputBuffer output) {
      output.appendDelete(key);
    }

    @Override
    public void handleResponse(CacheKey key, MetaResponse response) throws IOException {
      reportOutcome(key, MetaCommand.DELETE, response, visitor);
    }
  }

  private record RefreshHandler(TtlEncoder ttlEncoder, KeyVisitor<NewLifetime> visitor)
      implements Pipeline.Handler<NewLifetime> {
    @Override
    public CacheKey key(NewLifetime key) {
      return key.key();
    }

    @Override
    public long weight(NewLifetime key) {
      return CHANGE_BYTES + key.key().length();
    }

    @Override
    public void writeRequest(NewLifetime key, OutputBuffer output) {
      output.appendTouch(key.key(), ttlEncoder.encode(key.lifetime()));
    }

    @Override
    public void handleResponse(NewLifetime key, MetaResponse response) throws IOException {
      reportOutcome(key, MetaCommand.TOUCH, response, visitor);
    }
  }
}
