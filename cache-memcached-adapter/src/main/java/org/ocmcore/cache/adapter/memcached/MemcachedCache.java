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
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;

/** The {@link CachePort} of a {@link MemcachedStore}. */
final class MemcachedCache implements CachePort {
  /** Bytes of a request about a key, without the key, and of a short answer. */
  private static final int REQUEST = 24;

  private final Servers servers;
  private final Clock clock;

  MemcachedCache(Servers servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return find("get", key).map(MetaResponse::cacheValue);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return find("read", key).map(answer -> answer.entry(key, clock));
  }

  private Optional<MetaResponse> find(String verb, CacheKey key) {
    Call call = new Call(verb, key);
    MetaResponse answer = call.ask(MetaRequest.read(key));
    return answer.status() == Status.VALUE ? Optional.of(answer) : Optional.empty();
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    send("store", key, value, lifetime, false);
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    return send("add", key, value, lifetime, true);
  }

  private boolean send(
      String verb, CacheKey key, CacheValue value, Lifetime lifetime, boolean onlyAbsent) {
    Call call = new Call(verb, key);
    long size = ItemSize.of(key, value);
    long limit = call.server.itemLimit(call.operation, call.deadline);
    if (size > limit) {
      throw new ValueTooLarge(key.toString(), size, limit);
    }
    return call.ask(MetaRequest.store(key, value, call.ttl(lifetime), onlyAbsent))
            .status()
        == Status.DONE;
  }

  @Override
  public boolean delete(CacheKey key) {
    return new Call("delete", key).ask(MetaRequest.delete(key)).status() == Status.DONE;
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    Call call = new Call("refresh", key);
    return call.ask(MetaRequest.touch(key, call.ttl(lifetime))).status() == Status.DONE;
  }

  /** Work on one key, with one deadline for all that it takes. */
  private final class Call {
    private final Operation operation;
    private final Server server;
    private final Deadline deadline;

    private Call(String verb, CacheKey key) {
      operation = Operation.on(key, verb);
      deadline = servers.deadline();
      server = servers.home(key, operation, deadline);
    }

    private MetaResponse ask(MetaRequest request) {
      return server.ask(operation, request, deadline);
    }

    private long ttl(Lifetime lifetime) {
      return new ServerLifetimes(server, operation, () -> deadline).ttl(lifetime);
    }
  }

  @Override
  public void clear() {
    Operation operation = Operation.of("clear");
    List<StoreUnavailable> failures = servers.each(
        servers.all(),
        operation,
        server -> server.converse(operation, servers.deadline(), connection -> {
          connection.send("flush_all");
          String line = connection.nextLine();
          if (!line.equals("OK")) {
            throw line.contains("ERROR")
                ? ServerErrorException.saying(line)
                : ProtocolException.of(line);
          }
          return line;
        }));
    if (!failures.isEmpty()) {
      throw notCleared(operation, failures);
    }
  }

  private StoreUnavailable notCleared(Operation operation, List<StoreUnavailable> failures) {
    String failed =
        failures.stream().map(StoreUnavailable::server).collect(Collectors.joining(", "));
    String reasons = failures.stream()
        .map(StoreUnavailable::reason)
        .distinct()
        .collect(Collectors.joining("; "));
    boolean all = failures.size() == servers.all().size();
    String reason =
        reasons + (all ? "; no server is cleared for certain" : "; all other servers are cleared");
    return failures.stream().allMatch(StoreUnavailable::isRefusal)
        ? StoreUnavailable.refused(failed, operation.words(), reason, failures.get(0))
        : new StoreUnavailable(failed, operation.words(), reason, failures.get(0));
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(
        key,
        servers.home(key, Operation.of("placing of keys"), servers.deadline()).name());
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    Map<Server, List<Integer>> shares = IntStream.range(0, keys.size())
        .boxed()
        .collect(Collectors.groupingBy(
            index -> servers.named(keys.get(index).server()),
            LinkedHashMap::new,
            Collectors.toList()));
    CacheEntry[] found = new CacheEntry[keys.size()];
    throwFirst(servers.each(shares.keySet(), Operation.of("read"), server -> {
      List<Integer> mine = shares.get(server);
      server.pipeline(
          () -> "read of %d keys".formatted(mine.size()),
          servers.deadline(),
          mine.iterator(),
          new ReadHandler(keys, found));
    }));
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }

  private static void throwFirst(List<StoreUnavailable> failures) {
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Reads keys, which it is given as indexes, into the same places of what was found. */
  private final class ReadHandler implements Pipeline.Handler<Integer> {
    private final List<PlacedKey> keys;
    private final CacheEntry[] found;

    ReadHandler(List<PlacedKey> keys, CacheEntry[] found) {
      this.keys = keys;
      this.found = found;
    }

    @Override
    public long weight(Integer index) {
      return REQUEST + keys.get(index).key().length();
    }

    @Override
    public void ask(Integer index, Output output) {
      output.read(keys.get(index).key());
    }

    @Override
    public void tell(Integer index, MetaResponse answer) throws IOException {
      if (MetaCommand.READ.isGranted(answer)) {
        found[index] = answer.entry(keys.get(index).key(), clock);
      }
    }
  }
}
