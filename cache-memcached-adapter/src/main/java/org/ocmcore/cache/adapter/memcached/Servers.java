package org.ocmcore.cache.adapter.memcached;

import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/** All servers, the ring over them, and the threads that use several servers in parallel. */
final class Servers implements AutoCloseable {
  private final Ring ring;
  private final Duration timeout;
  private final Map<String, Server> byName = new LinkedHashMap<>();
  private final List<Server> all;
  private final List<ServerAddress> addresses;

  // Unbounded, because no task may wait behind a server that hangs. Each task has a time limit, and
  // there are at most as many as concurrent calls times servers.
  private final ExecutorService background;

  private final AtomicReference<Ring.Placement> placement = new AtomicReference<>();

  Servers(MemcachedSettings settings, Resolver resolver) {
    ring = settings.ring();
    timeout = settings.timeout();
    AtomicInteger number = new AtomicInteger();
    background = Executors.newCachedThreadPool(runnable -> {
      Thread thread = new Thread(runnable, "memcached-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    addresses = settings.addresses();
    for (ServerAddress address : addresses) {
      byName.put(address.text(), new Server(address, timeout, background, resolver));
    }
    all = List.copyOf(byName.values());
  }

  /** Returns the deadline of a call that begins now. */
  Deadline newDeadline() {
    return Deadline.in(timeout);
  }

  /** Returns all servers in their configured order. */
  List<Server> all() {
    return all;
  }

  /** Returns the {@link Ring#text} of the ring; {@code single} if there is one server. */
  String ringName() {
    return all.size() == 1 ? "single" : ring.text();
  }

  /**
   * Returns for each ring how many of these keys are where it places them; empty if there is one
   * server.
   *
   * @throws StoreUnavailable if a ring needs addresses that do not resolve
   */
  Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    Map<String, Integer> matches = new LinkedHashMap<>();
    if (all.size() == 1) {
      return matches;
    }
    Operation operation = Operation.of("comparing of rings");
    for (Ring compared : Ring.values()) {
      Ring.Placement places =
          compared.placement(addresses, () -> resolve(operation, newDeadline()));
      matches.put(compared.text(), (int) keys.stream()
          .filter(placed ->
              all.get(places.serverOf(placed.key().bytes())).name().equals(placed.server()))
          .count());
    }
    return matches;
  }

  /** @throws IllegalArgumentException if no server has this name */
  Server server(String name) {
    Server server = byName.get(name);
    if (server == null) {
      throw new IllegalArgumentException("there is no server \"" + name + "\"");
    }
    return server;
  }

  /**
   * Returns the server that a key belongs to.
   *
   * @throws StoreUnavailable if the ring needs addresses that do not resolve
   */
  Server ownerOf(CacheKey key, Operation operation, Deadline deadline) {
    if (all.size() == 1) {
      return all.get(0);
    }
    if (placement.get() == null) {
      // The first result stays even if addresses change later: keys must not move.
      placement.compareAndSet(null, ring.placement(addresses, () -> resolve(operation, deadline)));
    }
    return all.get(placement.get().serverOf(key.bytes()));
  }

  private List<InetSocketAddress> resolve(Operation operation, Deadline deadline) {
    Map<Server, InetSocketAddress> found = new ConcurrentHashMap<>();
    List<StoreUnavailable> failures = executeOnEach(
        all, operation, server -> found.put(server, server.canonicalAddress(operation, deadline)));
    if (!failures.isEmpty()) {
      throw ringUnavailable(operation, failures);
    }
    return all.stream().map(found::get).toList();
  }

  private StoreUnavailable ringUnavailable(Operation operation, List<StoreUnavailable> failures) {
    List<Server> unresolved =
        failures.stream().map(failure -> server(failure.server())).toList();
    return new StoreUnavailable(
        join(unresolved.stream().map(Server::name), ", "),
        operation.description(),
        "the ring cannot be computed until %s %s: %s"
            .formatted(
                join(unresolved.stream().map(Server::host), " and "),
                unresolved.size() == 1 ? "resolves" : "resolve",
                join(failures.stream().map(StoreUnavailable::reason), "; ")),
        failures.get(0));
  }

  private static String join(Stream<String> words, String separator) {
    return words.distinct().collect(Collectors.joining(separator));
  }

  /** Executes a task on several servers in parallel; returns the failures in the servers' order. */
  List<StoreUnavailable> executeOnEach(
      Collection<Server> servers, Operation operation, Consumer<Server> task) {
    if (servers.size() == 1) {
      return servers.stream().flatMap(server -> tryOn(server, task).stream()).toList();
    }
    Map<Server, Future<List<StoreUnavailable>>> pending = new LinkedHashMap<>();
    for (Server server : servers) {
      pending.put(server, background.submit(() -> tryOn(server, task)));
    }
    List<StoreUnavailable> failures = new ArrayList<>();
    pending.forEach((server, future) -> failures.addAll(await(server, operation, future)));
    return failures;
  }

  private static List<StoreUnavailable> tryOn(Server server, Consumer<Server> task) {
    try {
      task.accept(server);
      return List.of();
    } catch (StoreUnavailable e) {
      return List.of(e);
    }
  }

  private static List<StoreUnavailable> await(
      Server server, Operation operation, Future<List<StoreUnavailable>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      return List.of(server.failure(operation, new InterruptedIOException()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executeOnEach(all, Operation.of("closing"), Server::close);
    background.shutdown();
  }
}
