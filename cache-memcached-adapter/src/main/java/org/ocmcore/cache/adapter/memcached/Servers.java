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

/** All servers, the ring over them, and the threads that work on several at once. */
final class Servers implements AutoCloseable {
  private final Ring ring;
  private final Duration timeout;
  private final Map<String, Server> byName = new LinkedHashMap<>();
  private final List<Server> all;

  // Not fixed in number: nothing may wait behind work on a server that hangs. Each task is bounded
  // in time, and there are as many as callers ask for at once, times the servers.
  private final ExecutorService background;

  private final AtomicReference<Ring.Placement> placement = new AtomicReference<>();

  Servers(MemcachedSettings settings, Resolver resolver) {
    ring = settings.ring();
    timeout = settings.timeout();
    AtomicInteger number = new AtomicInteger();
    background = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task, "memcached-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    for (String name : settings.servers()) {
      byName.put(
          name, new Server(ServerAddress.parse(name), settings.timeout(), background, resolver));
    }
    all = List.copyOf(byName.values());
  }

  /** A deadline for a call that begins now. */
  Deadline deadline() {
    return Deadline.in(timeout);
  }

  /** All of them, in the order in which they were configured. */
  List<Server> all() {
    return all;
  }

  /** @throws IllegalArgumentException if there is no such server */
  Server named(String name) {
    Server server = byName.get(name);
    if (server == null) {
      throw new IllegalArgumentException("there is no server \"" + name + "\"");
    }
    return server;
  }

  /** The server that a key belongs on. */
  Server home(CacheKey key, Operation operation, Deadline deadline) {
    if (all.size() == 1) {
      return all.get(0);
    }
    if (placement.get() == null) {
      // The first result stays, whatever a later look-up would say: the ring does not move.
      placement.compareAndSet(
          null, ring.placement(all.size(), () -> addresses(operation, deadline)));
    }
    return all.get(placement.get().serverOf(key.bytes()));
  }

  private List<InetSocketAddress> addresses(Operation operation, Deadline deadline) {
    Map<Server, InetSocketAddress> found = new ConcurrentHashMap<>();
    List<StoreUnavailable> failures =
        each(all, operation, server -> found.put(server, server.canonical(operation, deadline)));
    if (!failures.isEmpty()) {
      throw noRing(operation, failures);
    }
    return all.stream().map(found::get).toList();
  }

  private StoreUnavailable noRing(Operation operation, List<StoreUnavailable> failures) {
    List<Server> missing =
        failures.stream().map(failure -> named(failure.server())).toList();
    return new StoreUnavailable(
        joined(missing.stream().map(Server::name), ", "),
        operation.words(),
        "the ring cannot be computed until %s %s: %s"
            .formatted(
                joined(missing.stream().map(Server::host), " and "),
                missing.size() == 1 ? "resolves" : "resolve",
                joined(failures.stream().map(StoreUnavailable::reason), "; ")),
        failures.get(0));
  }

  private static String joined(Stream<String> words, String separator) {
    return words.distinct().collect(Collectors.joining(separator));
  }

  /** Does the same on several servers in parallel; returns what failed, in their order. */
  List<StoreUnavailable> each(
      Collection<Server> servers, Operation operation, Consumer<Server> work) {
    if (servers.size() == 1) {
      return servers.stream().flatMap(server -> attempt(server, work).stream()).toList();
    }
    Map<Server, Future<List<StoreUnavailable>>> running = new LinkedHashMap<>();
    for (Server server : servers) {
      running.put(server, background.submit(() -> attempt(server, work)));
    }
    List<StoreUnavailable> failures = new ArrayList<>();
    running.forEach((server, result) -> failures.addAll(await(server, operation, result)));
    return failures;
  }

  private static List<StoreUnavailable> attempt(Server server, Consumer<Server> work) {
    try {
      work.accept(server);
      return List.of();
    } catch (StoreUnavailable e) {
      return List.of(e);
    }
  }

  private static List<StoreUnavailable> await(
      Server server, Operation operation, Future<List<StoreUnavailable>> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      return List.of(server.failed(operation, new InterruptedIOException()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    each(all, Operation.of("closing"), Server::close);
    background.shutdown();
  }
}
