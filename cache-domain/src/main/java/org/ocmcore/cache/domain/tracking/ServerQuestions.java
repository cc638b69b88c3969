package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/** Asks one server what it offers. The thread that waits for it sees how far it has come. */
final class ServerQuestions implements Callable<ServerCheck> {
  private static final int PROBES = 5;

  /** The most keys that are compared. */
  private static final int SAMPLE = 1_000;

  private final KeyspacePort keyspace;
  private final String server;
  private volatile ServerCheck.Answers answers;

  ServerQuestions(KeyspacePort keyspace, String server) {
    this.keyspace = keyspace;
    this.server = server;
  }

  @Override
  public ServerCheck call() {
    try {
      ServerStats stats = keyspace.stats(server);
      Duration latency = latency();
      Feed feed = new Feed();
      untilEnough(() -> keyspace.follow(server, feed));
      answers = new ServerCheck.Answers(stats, latency, List.of(), feed.kinds, feed.withheld);
    } catch (StoreUnavailable e) {
      return new ServerCheck(server, Optional.empty(), Optional.of(e));
    }
    Sample sample = new Sample();
    try {
      untilEnough(() -> keyspace.walk(server, sample::add));
    } catch (StoreUnavailable e) {
      return new ServerCheck(server, Optional.of(answers), Optional.of(e));
    }
    return new ServerCheck(server, Optional.of(answers.with(sample.keys)), Optional.empty());
  }

  /** Whether it has answered all but which keys it has. */
  boolean isListing() {
    return answers != null;
  }

  /** What is known without its keys. @param waited for them */
  ServerCheck unlisted(Duration waited) {
    return new ServerCheck(
        server,
        Optional.of(answers),
        Optional.of(new StoreUnavailable(
            server, "walk", "its keys were not listed within %d s".formatted(waited.toSeconds()))));
  }

  private Duration latency() {
    return IntStream.range(0, PROBES)
        .mapToObj(i -> keyspace.probe(server))
        .sorted()
        .skip(PROBES / 2)
        .findFirst()
        .orElseThrow();
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
      if (keys.size() == SAMPLE || Thread.currentThread().isInterrupted()) {
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
