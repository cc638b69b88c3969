package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Asks each server once what it is and what it offers, and compares some of the keys with each
 * ring. Changes nothing, reads no value, and needs no index. Safe for use by any number of threads.
 */
public final class FleetCheck {
  private static final int PROBES = 5;

  /** The most keys of one server that are compared. */
  private static final int SAMPLE = 1_000;

  private final KeyspacePort keyspace;
  private final Executor executor;

  /** @param executor asks the servers at the same time */
  public FleetCheck(KeyspacePort keyspace, Executor executor) {
    this.keyspace = keyspace;
    this.executor = executor;
  }

  /**
   * What was found.
   *
   * @param servers all servers, in the order of configuration
   * @param ring how the rings fit; empty with a single server, or if too few keys can be listed
   */
  public record Result(List<ServerCheck> servers, Optional<RingFit> ring) {
    public Result {
      servers = List.copyOf(servers);
    }
  }

  /** Checks all servers; waits for each as long as for any other request. */
  public Result check() {
    List<CompletableFuture<ServerCheck>> asked = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> check(server), executor))
        .toList();
    List<ServerCheck> servers = asked.stream().map(CompletableFuture::join).toList();
    return new Result(servers, ring(servers));
  }

  private ServerCheck check(String server) {
    try {
      ServerStats stats = keyspace.stats(server);
      Duration latency = latency(server);
      Feed feed = new Feed();
      untilEnough(() -> keyspace.follow(server, feed));
      Sample sample = new Sample();
      Optional<StoreUnavailable> unlisted = Optional.empty();
      try {
        untilEnough(() -> keyspace.walk(server, sample::add));
      } catch (StoreUnavailable e) {
        unlisted = Optional.of(e);
      }
      return new ServerCheck(
          server,
          Optional.of(
              new ServerCheck.Answers(stats, latency, sample.keys, feed.kinds, feed.withheld)),
          unlisted);
    } catch (StoreUnavailable e) {
      return new ServerCheck(server, Optional.empty(), Optional.of(e));
    }
  }

  private Duration latency(String server) {
    return IntStream.range(0, PROBES)
        .mapToObj(i -> keyspace.probe(server))
        .sorted()
        .skip(PROBES / 2)
        .findFirst()
        .orElseThrow();
  }

  private Optional<RingFit> ring(List<ServerCheck> servers) {
    List<PlacedKey> sample = servers.stream()
        .flatMap(server -> server.answers().stream())
        .flatMap(answers -> answers.sample().stream())
        // A key on several servers is where no ring puts it.
        .collect(Collectors.groupingBy(PlacedKey::key))
        .values()
        .stream()
        .filter(copies -> copies.size() == 1)
        .flatMap(List::stream)
        .toList();
    boolean isWhole = servers.stream().allMatch(ServerCheck::isListed);
    if (servers.size() == 1 || !isWhole || sample.size() < RingFit.MIN_SAMPLE) {
      return Optional.empty();
    }
    Map<String, Integer> matches = keyspace.ringMatches(sample);
    return matches.containsKey(keyspace.ring())
        ? Optional.of(new RingFit(keyspace.ring(), sample.size(), matches))
        : Optional.empty();
  }

  /** Ends a walk or a feed from within; has no message and no stack trace. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Enough() {
      super(null, null, false, false);
    }
  }

  private static void untilEnough(Runnable work) {
    try {
      work.run();
    } catch (Enough e) {
      // All that was wanted is known.
    }
  }

  private static final class Sample {
    private final List<PlacedKey> keys = new ArrayList<>();

    private void add(KeyInfo key) {
      keys.add(key.placed());
      if (keys.size() == SAMPLE) {
        throw new Enough();
      }
    }
  }

  private static final class Feed implements ChangeListener {
    private Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private Optional<String> withheld = Optional.empty();

    @Override
    public void withheld(String reason) {
      withheld = Optional.of(reason);
    }

    @Override
    public void began(Set<Kind> begun) {
      kinds = begun;
      throw new Enough();
    }

    @Override
    public void stored(KeyInfo key, Instant at) {}

    @Override
    public void removed(CacheKey key, Instant at) {}

    @Override
    public void evicted(CacheKey key, Instant at) {}

    @Override
    public void counted(Kind kind) {}

    @Override
    public void skipped(long count) {}

    @Override
    public void caughtUp() {}
  }
}
