package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ocmcore.cache.adapter.memcached.Answer.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkResult;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.port.StoreResult;

/** The {@link CachePort} of a {@link MemcachedStore}. */
final class MemcachedCache implements CachePort {
  private final Servers servers;
  private final Clock clock;

  MemcachedCache(Servers servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return find("get", key).map(MemcachedCache::value);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return find("read", key).map(answer -> entry(key, answer));
  }

  private Optional<Answer> find(String verb, CacheKey key) {
    Call call = new Call(verb, key);
    Answer answer = call.ask(Request.read(key));
    return answer.status() == Status.VALUE ? Optional.of(answer) : Optional.empty();
  }

  private static CacheValue value(Answer answer) {
    return CacheValue.wrap(answer.value(), answer.flags());
  }

  private CacheEntry entry(CacheKey key, Answer answer) {
    Expiry expiry = answer.ttl() == Answer.FOREVER
        ? Expiry.NEVER
        : Expiry.at(clock.instant().plusSeconds(answer.ttl()));
    return new CacheEntry(key, value(answer), expiry);
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
    return call.ask(Request.store(key, value, call.ttl(lifetime), onlyAbsent)).status()
        == Status.DONE;
  }

  @Override
  public boolean delete(CacheKey key) {
    return new Call("delete", key).ask(Request.delete(key)).status() == Status.DONE;
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    Call call = new Call("refresh", key);
    return call.ask(Request.touch(key, call.ttl(lifetime))).status() == Status.DONE;
  }

  /** Work on one key, with one deadline for all that it takes. */
  private final class Call {
    private final String operation;
    private final Server server;
    private final Deadline deadline;

    private Call(String verb, CacheKey key) {
      operation = verb + " of key '" + key + "'";
      deadline = servers.deadline();
      server = servers.home(key, operation, deadline);
    }

    private Answer ask(Request request) {
      return server.ask(operation, request, deadline);
    }

    private long ttl(Lifetime lifetime) {
      return new ServerLifetimes(server, operation, deadline).ttl(lifetime);
    }
  }

  @Override
  public void clear() {
    String operation = "clear";
    List<StoreUnavailable> failures = servers.each(
        servers.all(),
        operation,
        server -> server.converse(operation, servers.deadline(), connection -> {
          connection.send("flush_all");
          connection.input().nextLine();
          String line = connection.input().line();
          if (!line.equals("OK")) {
            throw line.contains("ERROR") ? Refusal.saying(line) : Rubbish.of(line);
          }
          return line;
        }));
    if (!failures.isEmpty()) {
      throw notCleared(operation, failures);
    }
  }

  private StoreUnavailable notCleared(String operation, List<StoreUnavailable> failures) {
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
        ? StoreUnavailable.refused(failed, operation, reason, failures.get(0))
        : new StoreUnavailable(failed, operation, reason, failures.get(0));
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, home(key, "placing of key '" + key + "'").name());
  }

  private Server home(CacheKey key, String operation) {
    return servers.home(key, operation, servers.deadline());
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    CacheEntry[] found = new CacheEntry[keys.size()];
    throwFirst(eachServer("read", keys, this::serverOf, (server, operation, mine) -> {
      List<Request> requests =
          mine.stream().map(i -> Request.read(keys.get(i).key())).toList();
      pipeline(server, operation, requests, (request, answer) -> {
        if (requests.get(request).isGranted(answer)) {
          int index = mine.get(request);
          found[index] = entry(keys.get(index).key(), answer);
        }
      });
    }));
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }

  @Override
  public BulkResult deleteAll(List<PlacedKey> keys) {
    return countAll("delete", keys, (server, operation) -> Request::delete);
  }

  @Override
  public BulkResult refreshAll(List<PlacedKey> keys, Lifetime lifetime) {
    return countAll("refresh", keys, (server, operation) -> {
      Deadline deadline = servers.deadline();
      long ttl = new ServerLifetimes(server, operation, deadline).ttl(lifetime);
      return key -> Request.touch(key, ttl);
    });
  }

  private BulkResult countAll(String verb, List<PlacedKey> keys, RequestsFor requestsFor) {
    AtomicLong done = new AtomicLong();
    List<StoreUnavailable> failures =
        eachServer(verb, keys, this::serverOf, (server, operation, mine) -> {
          Function<CacheKey, Request> request = requestsFor.server(server, operation);
          List<Request> requests =
              mine.stream().map(i -> request.apply(keys.get(i).key())).toList();
          pipeline(server, operation, requests, (index, answer) -> {
            if (requests.get(index).isGranted(answer)) {
              done.incrementAndGet();
            }
          });
        });
    return new BulkResult(done.get(), failures);
  }

  @Override
  public StoreResult storeAll(List<CacheEntry> entries, boolean onlyAbsent) {
    StoreOutcome[] outcomes = new StoreOutcome[entries.size()];
    Arrays.fill(outcomes, StoreOutcome.UNKNOWN);
    List<StoreUnavailable> failures = eachServer(
        "store",
        entries,
        entry -> home(entry.key(), "store of key '" + entry.key() + "'"),
        (server, operation, mine) -> {
          List<Integer> sent = new ArrayList<>();
          List<Request> requests = new ArrayList<>();
          Deadline deadline = servers.deadline();
          long limit = server.itemLimit(operation, deadline);
          ServerLifetimes lifetimes = new ServerLifetimes(server, operation, deadline);
          Instant now = clock.instant();
          for (int index : mine) {
            CacheEntry entry = entries.get(index);
            if (entry.expiry().isPast(now)) {
              outcomes[index] = StoreOutcome.EXPIRED;
            } else if (entry.size() > limit) {
              outcomes[index] = StoreOutcome.TOO_LARGE;
            } else {
              sent.add(index);
              long ttl = lifetimes.ttl(entry.expiry().lifetime(now));
              requests.add(Request.store(entry.key(), entry.value(), ttl, onlyAbsent));
            }
          }
          pipeline(
              server,
              operation,
              requests,
              (request, answer) ->
                  outcomes[sent.get(request)] = outcome(requests.get(request), answer));
        });
    return new StoreResult(List.of(outcomes), failures);
  }

  private static StoreOutcome outcome(Request request, Answer answer) throws IOException {
    if (answer.status() == Status.REFUSED) {
      return StoreOutcome.REFUSED;
    }
    return request.isGranted(answer) ? StoreOutcome.STORED : StoreOutcome.EXISTS;
  }

  private Server serverOf(PlacedKey key) {
    return servers.named(key.server());
  }

  /** Groups by server and works on all servers at once. */
  private <T> List<StoreUnavailable> eachServer(
      String verb, List<T> all, Function<T, Server> server, Share share) {
    Map<Server, List<Integer>> shares = IntStream.range(0, all.size())
        .boxed()
        .collect(Collectors.groupingBy(
            index -> server.apply(all.get(index)), LinkedHashMap::new, Collectors.toList()));
    return servers.each(shares.keySet(), verb, each -> {
      List<Integer> mine = shares.get(each);
      share.work(each, "%s of %d keys".formatted(verb, mine.size()), mine);
    });
  }

  private void pipeline(
      Server server, String operation, List<Request> requests, TextConnection.AnswerVisitor visit) {
    if (!requests.isEmpty()) {
      server.converse(operation, servers.deadline(), connection -> {
        connection.askAll(requests, server.timeout(), visit);
        return requests;
      });
    }
  }

  private static void throwFirst(List<StoreUnavailable> failures) {
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Does one server's share of work on many keys, which it is given as indexes. */
  @FunctionalInterface
  private interface Share {
    void work(Server server, String operation, List<Integer> indexes);
  }

  /** Says what a server is to be asked about each key. */
  @FunctionalInterface
  private interface RequestsFor {
    Function<CacheKey, Request> server(Server server, String operation);
  }
}
