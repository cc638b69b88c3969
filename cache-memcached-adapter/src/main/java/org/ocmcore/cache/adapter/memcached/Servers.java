package org.ocmcore.cache.adapter.memcached;

import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * All servers, the ring over them, and the threads that use several servers in parallel. A call
 * that needs several servers takes one {@link FleetSnapshot} for all of it.
 */
final class Servers implements AutoCloseable {
  /** How often names are looked up. */
  static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(30);

  private final MemcachedSettings settings;
  private final Ring ring;
  private final Duration timeout;
  private final Resolver resolver;
  private final List<ConfiguredServer> configured;
  private final FleetWatch watch;
  private volatile FleetSnapshot fleet;
  private boolean isClosed;

  // Unbounded, because no task may wait behind a server that hangs. Each task has a time limit, and
  // there are at most as many as concurrent calls times servers.
  private final ExecutorService background;

  /**
   * Starts to look up names, and waits for nothing.
   *
   * @param resolver finds the addresses of names
   * @param interval the time between two lookups of a name
   */
  Servers(MemcachedSettings settings, Resolver resolver, Duration interval) {
    this.settings = settings;
    this.resolver = resolver;
    ring = settings.ring();
    timeout = settings.timeout();
    AtomicInteger number = new AtomicInteger();
    background = Executors.newCachedThreadPool(runnable -> {
      Thread thread = new Thread(runnable, "memcached-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    configured = settings.addresses().stream()
        .map(address -> new ConfiguredServer(address, finder(address), this::follow))
        .toList();
    watch = new FleetWatch(
        configured.stream().filter(server -> server.address().isName()).toList(), background);
    fleet = fleet(new FleetSnapshot(List.of()));
    watch.start(interval);
  }

  private NodeFinder finder(ServerAddress address) {
    return ConfigurationEndpoint.isNamed(address.host())
        ? new ConfigurationEndpoint(address, new Server(address, settings, background, resolver))
        : new NameNodes(address, resolver);
  }

  /** Returns the fleet of the servers that are known now; keeps those of the former one. */
  private FleetSnapshot fleet(FleetSnapshot former) {
    Map<String, FleetSnapshot.Member> members = new LinkedHashMap<>();
    for (ConfiguredServer server : configured) {
      for (ServerAddress address : server.members()) {
        members.computeIfAbsent(
            address.text(), name -> former.find(name).orElseGet(() -> newMember(server, address)));
      }
    }
    return new FleetSnapshot(List.copyOf(members.values()));
  }

  private FleetSnapshot.Member newMember(ConfiguredServer configuredAs, ServerAddress address) {
    boolean isItself = address.text().equals(configuredAs.address().text());
    Server server = new Server(
        address,
        settings,
        background,
        isItself && address.isName() ? configuredAs.guard(resolver) : resolver);
    if (!isItself) {
      server.whenLost(() -> watch.lost(configuredAs));
    }
    return new FleetSnapshot.Member(address, server);
  }

  /** Follows a change of the servers behind a configured one. */
  private synchronized void follow() {
    if (isClosed) {
      return;
    }
    FleetSnapshot former = fleet;
    FleetSnapshot next = fleet(former);
    fleet = next;
    for (Server server : former.servers()) {
      if (next.find(server.name()).isEmpty()) {
        server.leave("it has left; the servers are " + String.join(", ", next.names()));
      }
    }
  }

  /** Returns the present servers; only the first calls wait, until names are looked up. */
  private FleetSnapshot fleet() {
    // The other half is for the call itself.
    watch.awaitFirst(timeout.dividedBy(2));
    return fleet;
  }

  /** Returns the deadline of a call that begins now. */
  Deadline newDeadline() {
    return Deadline.in(timeout);
  }

  /** Returns all servers in their configured order. */
  List<Server> all() {
    return fleet().servers();
  }

  /** Returns the names of {@link #all}. */
  List<String> names() {
    return fleet().names();
  }

  /** Returns the {@link Ring#text} of the ring; {@code single} if there is one server. */
  String ringName() {
    return fleet().isSingle() ? "single" : ring.text();
  }

  /**
   * Returns for each ring how many of these keys are where it places them; empty if there is one
   * server.
   *
   * @throws StoreUnavailable if a ring needs addresses that do not resolve
   */
  Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    Map<String, Integer> matches = new LinkedHashMap<>();
    FleetSnapshot compared = fleet();
    if (compared.isSingle()) {
      return matches;
    }
    Operation operation = Operation.of("comparing of rings");
    for (Ring each : Ring.values()) {
      Ring.Placement places = placement(each, compared, operation, newDeadline());
      matches.put(each.text(), (int) keys.stream()
          .filter(placed ->
              compared.names().get(places.serverOf(placed.key().bytes())).equals(placed.server()))
          .count());
    }
    return matches;
  }

  /**
   * Returns the server of this name.
   *
   * @throws StoreUnavailable if it has left, or may have
   * @throws IllegalArgumentException if no server can have this name
   */
  Server server(String name) {
    FleetSnapshot present = fleet();
    return present
        .find(name)
        .map(FleetSnapshot.Member::server)
        .orElseThrow(() -> absent(name, present));
  }

  private RuntimeException absent(String name, FleetSnapshot present) {
    return configured.stream().anyMatch(server -> server.address().isName())
        ? new StoreUnavailable(
            name,
            "call",
            "there is no such server now; the servers are " + String.join(", ", present.names()))
        : new IllegalArgumentException("there is no server \"" + name + "\"");
  }

  /**
   * Returns the server that a key belongs to.
   *
   * @throws StoreUnavailable if the ring needs addresses that do not resolve
   */
  Server ownerOf(CacheKey key, Operation operation, Deadline deadline) {
    FleetSnapshot present = fleet();
    return present.ownerOf(key.bytes(), () -> placement(ring, present, operation, deadline));
  }

  private Ring.Placement placement(
      Ring rule, FleetSnapshot placed, Operation operation, Deadline deadline) {
    return rule.placement(placed.addresses(), () -> resolve(placed, operation, deadline));
  }

  private List<SocketAddress> resolve(
      FleetSnapshot placed, Operation operation, Deadline deadline) {
    Map<Server, SocketAddress> found = new ConcurrentHashMap<>();
    List<Server> named = new ArrayList<>();
    for (FleetSnapshot.Member member : placed.members()) {
      ServerAddress address = member.address();
      if (address.isOneOfSeveral()) {
        found.put(member.server(), new InetSocketAddress(address.host(), address.port()));
      } else {
        named.add(member.server());
      }
    }
    List<StoreUnavailable> failures = executeOnEach(
        named,
        operation,
        server -> found.put(server, server.canonicalAddress(operation, deadline)));
    if (!failures.isEmpty()) {
      throw ringUnavailable(operation, failures);
    }
    return placed.servers().stream().map(found::get).toList();
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
    watch.close();
    executeOnEach(closing().servers(), Operation.of("closing"), Server::close);
    background.shutdown();
  }

  private synchronized FleetSnapshot closing() {
    isClosed = true;
    return fleet;
  }
}
