package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ocmcore.cache.adapter.memcached.Answer.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
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
    return find("get", key).map(Answer::cacheValue);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return find("read", key).map(answer -> answer.entry(key, clock));
  }

  private Optional<Answer> find(String verb, CacheKey key) {
    Call call = new Call(verb, key);
    Answer answer = call.ask(Request.read(key));
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
      return new ServerLifetimes(server, operation, () -> deadline).ttl(lifetime);
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
    return new PlacedKey(key, home(key, "placing of keys").name());
  }

  private Server home(CacheKey key, String operation) {
    return servers.home(key, operation, servers.deadline());
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    CacheEntry[] found = new CacheEntry[keys.size()];
    throwFirst(eachServer("read", keys, this::serverOf, (server, operation, mine) -> {
      pipeline(server, operation, Question.READ, mine, keys, Output::read, (index, answer) -> {
        found[index] = answer.entry(keys.get(index).key(), clock);
      });
    }));
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }

  @Override
  public BulkResult deleteAll(List<PlacedKey> keys) {
    return countAll("delete", Question.DELETE, keys, (server, operation) -> Output::delete);
  }

  @Override
  public BulkResult refreshAll(List<PlacedKey> keys, Lifetime lifetime) {
    return countAll("refresh", Question.TOUCH, keys, (server, operation) -> {
      long ttl = new ServerLifetimes(server, operation, servers::deadline).ttl(lifetime);
      return (output, key) -> output.touch(key, ttl);
    });
  }

  private BulkResult countAll(
      String verb, Question question, List<PlacedKey> keys, RequestsFor requestsFor) {
    AtomicLong done = new AtomicLong();
    List<StoreUnavailable> failures = eachServer(
        verb,
        keys,
        this::serverOf,
        (server, operation, mine) -> pipeline(
            server,
            operation,
            question,
            mine,
            keys,
            requestsFor.server(server, operation),
            (index, answer) -> done.incrementAndGet()));
    return new BulkResult(done.get(), failures);
  }

  @Override
  public StoreResult storeAll(List<CacheEntry> entries, boolean onlyAbsent) {
    StoreOutcome[] outcomes = new StoreOutcome[entries.size()];
    Arrays.fill(outcomes, StoreOutcome.UNKNOWN);
    List<StoreUnavailable> failures = eachServer(
        "store",
        entries,
        entry -> home(entry.key(), "store of keys"),
        (server, operation, mine) -> {
          Iterator<Integer> told = mine.iterator();
          server.pipeline(
              operation,
              servers.deadline(),
              mine.stream().map(entries::get).iterator(),
              new StoreWork(
                  new ServerLifetimes(server, operation, servers::deadline),
                  server.itemLimit(operation, servers.deadline()),
                  clock,
                  onlyAbsent,
                  (entry, outcome, reason) -> outcomes[told.next()] = outcome));
        });
    return new StoreResult(List.of(outcomes), failures);
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

  /** Asks the same about many keys, and tells which it was granted for. */
  private void pipeline(
      Server server,
      String operation,
      Question question,
      List<Integer> mine,
      List<PlacedKey> keys,
      BiConsumer<Output, CacheKey> request,
      BiConsumer<Integer, Answer> granted) {
    server.pipeline(operation, servers.deadline(), mine.iterator(), new Pipeline.Work<Integer>() {
      @Override
      public long weight(Integer index) {
        return REQUEST + keys.get(index).key().length();
      }

      @Override
      public void ask(Integer index, Output output) {
        request.accept(output, keys.get(index).key());
      }

      @Override
      public void tell(Integer index, Answer answer) throws IOException {
        if (question.isGranted(answer)) {
          granted.accept(index, answer);
        }
      }
    });
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
    BiConsumer<Output, CacheKey> server(Server server, String operation);
  }
}
