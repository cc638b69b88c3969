package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Precondition;

/**
 * The {@link CachePort} of a {@link MemcachedStore}. Each key is stored on the server of the ring.
 */
final class MemcachedCache implements CachePort {
  /** The approximate size of a request and a short response together, without the key. */
  private static final int OVERHEAD_BYTES = 24;

  private final Servers servers;
  private final Clock clock;

  MemcachedCache(Servers servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return fetch("get", key).map(MetaResponse::cacheValue);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return fetch("read", key).map(response -> response.entry(key, clock));
  }

  private Optional<MetaResponse> fetch(String operationName, CacheKey key) {
    KeyCall call = new KeyCall(operationName, key);
    MetaResponse response = call.execute(MetaRequest.get(key));
    return response.status() == Status.VALUE ? Optional.of(response) : Optional.empty();
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    if (!set("store", key, value, lifetime, false)) {
      Operation operation = Operation.on(key, "store");
      throw servers
          .ownerOf(key, operation, servers.newDeadline())
          .failure(operation, ProtocolException.of(Status.NOT_STORED.code()));
    }
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    return set("add", key, value, lifetime, true);
  }

  private boolean set(
      String operationName, CacheKey key, CacheValue value, Lifetime lifetime, boolean onlyAbsent) {
    KeyCall call = new KeyCall(operationName, key);
    call.requireSize(value);
    return call.execute(MetaRequest.set(key, value, call.ttl(lifetime), onlyAbsent))
            .status()
        == Status.DONE;
  }

  @Override
  public boolean store(
      PlacedKey placed, CacheValue value, Lifetime lifetime, Precondition precondition) {
    CacheKey key = placed.key();
    KeyCall call = new KeyCall("store", placed);
    call.requireSize(value);
    long ttl = call.ttl(lifetime);
    MetaRequest request = switch (precondition.kind()) {
      case NONE -> MetaRequest.set(key, value, ttl, false);
      case ABSENT -> MetaRequest.set(key, value, ttl, true);
      case PRESENT -> MetaRequest.setPresent(key, value, ttl);
      case VERSION -> MetaRequest.replace(key, value, ttl, precondition.version());
    };
    return call.execute(request).status() == Status.DONE;
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    MetaRequest request = MetaRequest.delete(key.key(), version);
    return new KeyCall("delete", key).execute(request).status() == Status.DONE;
  }

  @Override
  public boolean delete(CacheKey key) {
    return new KeyCall("delete", key).execute(MetaRequest.delete(key)).status() == Status.DONE;
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    KeyCall call = new KeyCall("refresh", key);
    return call.execute(MetaRequest.touch(key, call.ttl(lifetime))).status() == Status.DONE;
  }

  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    KeyCall call = new KeyCall("increment", key);
    MetaResponse response = call.execute(MetaRequest.arithmetic(key, delta, call.ttl(lifetime)));
    if (response.status() == Status.NOT_NUMERIC) {
      throw new UnexpectedValue(
          key.toString(), "a number", "it is not decimal digits of a number below 2^64");
    }
    try {
      return response.number();
    } catch (ProtocolException e) {
      throw call.server.failure(call.operation, e);
    }
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    MetaResponse response = new KeyCall("read", key).execute(MetaRequest.get(key.key()));
    return response.status() == Status.VALUE
        ? Optional.of(new VersionedEntry(response.entry(key.key(), clock), response.cas()))
        : Optional.empty();
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    KeyCall call = new KeyCall("inspection", key);
    MetaResponse response = call.execute(MetaRequest.debug(key.key()));
    return response.status() == Status.METADATA ? call.info(response) : Optional.empty();
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    KeyCall call = new KeyCall("read", key);
    MetaResponse response = call.execute(MetaRequest.get(key));
    if (response.status() != Status.VALUE) {
      return Optional.empty();
    }
    if (response.cas() == 0) {
      throw StoreUnavailable.refused(
          call.server.name(),
          call.operation.description(),
          "it keeps no versions, since it was started with -C",
          null);
    }
    return Optional.of(new VersionedEntry(response.entry(key, clock), response.cas()));
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    KeyCall call = new KeyCall("replace", key);
    call.requireSize(value);
    return call.execute(MetaRequest.replace(key, value, call.ttl(lifetime), version))
            .status()
        == Status.DONE;
  }

  /** A call on one key, and its server. Each request has the whole timeout. */
  private final class KeyCall {
    private final CacheKey key;
    private final Operation operation;
    private final Server server;

    private KeyCall(String operationName, CacheKey key) {
      this.key = key;
      operation = Operation.on(key, operationName);
      server = servers.ownerOf(key, operation, servers.newDeadline());
    }

    private KeyCall(String operationName, PlacedKey placed) {
      key = placed.key();
      operation = Operation.on(key, operationName);
      server = servers.server(placed.server());
    }

    /** Returns what the server says about the item; empty if the item is gone meanwhile. */
    private Optional<VersionedInfo> info(MetaResponse response) {
      try {
        DebugInfo info = DebugInfo.parse(response, key);
        Expiry expiry = info.expiry(clock);
        if (info.isExpiryUnclear(server.version())) {
          MetaResponse peeked = execute(MetaRequest.peek(key));
          if (peeked.status() != Status.DONE) {
            return Optional.empty();
          }
          expiry = peeked.expiry(clock);
        }
        return Optional.of(info.info(key, expiry, server.name(), clock));
      } catch (ProtocolException e) {
        throw server.failure(operation, e);
      }
    }

    private MetaResponse execute(MetaRequest request) {
      MetaResponse response = server.execute(operation, request, servers.newDeadline());
      if (response.hasWonToken() && response.cas() != 0) {
        // Nobody here stores the item anew, and without the token no other client would.
        server.execute(
            operation, MetaRequest.returnToken(key, response.cas()), servers.newDeadline());
      }
      return response;
    }

    private void requireSize(CacheValue value) {
      long size = ItemSize.of(key, value);
      long limit = server.maxItemSize(operation, servers.newDeadline());
      if (size > limit) {
        throw new ValueTooLarge(key.toString(), size, limit);
      }
    }

    private long ttl(Lifetime lifetime) {
      return new TtlEncoder(server, operation, servers::newDeadline).encode(lifetime);
    }
  }

  @Override
  public void clear() {
    Operation operation = Operation.of("clear");
    List<Server> all = servers.all();
    List<StoreUnavailable> failures = servers.executeOnEach(
        all,
        operation,
        server -> server.withConnection(operation, servers.newDeadline(), connection -> {
          connection.send("flush_all");
          String line = connection.readLine();
          if (!line.equals("OK")) {
            throw line.contains("ERROR")
                ? ServerErrorException.of(line)
                : ProtocolException.of(line);
          }
          return line;
        }));
    if (!failures.isEmpty()) {
      throw notCleared(operation, failures, failures.size() == all.size());
    }
  }

  private static StoreUnavailable notCleared(
      Operation operation, List<StoreUnavailable> failures, boolean all) {
    String failed =
        failures.stream().map(StoreUnavailable::server).collect(Collectors.joining(", "));
    String reasons = failures.stream()
        .map(StoreUnavailable::reason)
        .distinct()
        .collect(Collectors.joining("; "));
    String reason =
        reasons + (all ? "; no server is cleared for certain" : "; all other servers are cleared");
    return failures.stream().allMatch(StoreUnavailable::isRefusal)
        ? StoreUnavailable.refused(failed, operation.description(), reason, failures.get(0))
        : new StoreUnavailable(failed, operation.description(), reason, failures.get(0));
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(
        key,
        servers
            .ownerOf(key, Operation.of("placing of keys"), servers.newDeadline())
            .name());
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    Map<Server, List<Integer>> indexesByServer = IntStream.range(0, keys.size())
        .boxed()
        .collect(Collectors.groupingBy(
            index -> servers.server(keys.get(index).server()),
            LinkedHashMap::new,
            Collectors.toList()));
    CacheEntry[] found = new CacheEntry[keys.size()];
    throwFirst(servers.executeOnEach(indexesByServer.keySet(), Operation.of("read"), server -> {
      List<Integer> indexes = indexesByServer.get(server);
      server.pipeline(
          () -> "read of %d keys".formatted(indexes.size()),
          servers.newDeadline(),
          indexes.iterator(),
          new ReadHandler(keys, found));
    }));
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }

  private static void throwFirst(List<StoreUnavailable> failures) {
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Reads the keys at some indexes into the same indexes of the result. */
  private final class ReadHandler implements Pipeline.Handler<Integer> {
    private final List<PlacedKey> keys;
    private final CacheEntry[] found;

    ReadHandler(List<PlacedKey> keys, CacheEntry[] found) {
      this.keys = keys;
      this.found = found;
    }

    @Override
    public CacheKey key(Integer index) {
      return keys.get(index).key();
    }

    @Override
    public long weight(Integer index) {
      return OVERHEAD_BYTES + key(index).length();
    }

    @Override
    public void writeRequest(Integer index, OutputBuffer output) {
      output.appendGet(keys.get(index).key());
    }

    @Override
    public void handleResponse(Integer index, MetaResponse response) throws IOException {
      if (MetaCommand.GET.isSuccess(response)) {
        found[index] = response.entry(keys.get(index).key(), clock);
      }
    }
  }
}
