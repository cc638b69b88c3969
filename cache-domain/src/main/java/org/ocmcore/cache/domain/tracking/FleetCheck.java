package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * Asks each server once what it is and what it offers, and compares some of the keys with each
 * ring. Changes nothing, reads no value, and needs no index. Safe for use by any number of threads.
 */
public final class FleetCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Between two checkpoints. */
  private static final Duration STEP = Duration.ofMillis(100);

  private final KeyspacePort keyspace;
  private final Executor executor;
  private final Duration patience;

  /** @param executor asks the servers at the same time */
  public FleetCheck(KeyspacePort keyspace, Executor executor) {
    this(keyspace, executor, PATIENCE);
  }

  /** @param patience for the keys of all servers */
  FleetCheck(KeyspacePort keyspace, Executor executor, Duration patience) {
    this.keyspace = keyspace;
    this.executor = executor;
    this.patience = patience;
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

  /**
   * Checks all servers; waits for each as long as for any other request, and for its keys at most
   * for ten seconds: one walk at a time lists the keys of a server, and some servers never end.
   *
   * @param checkpoint runs several times a second; throws to end the check
   */
  public Result check(Runnable checkpoint) {
    long end = System.nanoTime() + patience.toNanos();
    List<Inquiry> asked = keyspace.servers().stream()
        .map(server -> new Inquiry(new ServerQuestions(keyspace, server)))
        .toList();
    try {
      asked.forEach(executor::execute);
      List<ServerCheck> servers = asked.stream()
          .map(inquiry -> inquiry.await(patience, end, checkpoint))
          .toList();
      return new Result(servers, ring(servers));
    } finally {
      asked.forEach(inquiry -> inquiry.cancel(true));
    }
  }

  /** The check of one server. */
  private static final class Inquiry extends FutureTask<ServerCheck> {
    private final ServerQuestions questions;

    Inquiry(ServerQuestions questions) {
      super(questions);
      this.questions = questions;
    }

    /** What is found by then. */
    ServerCheck await(Duration patience, long end, Runnable checkpoint) {
      while (true) {
        checkpoint.run();
        try {
          return get(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (questions.isListing() && System.nanoTime() > end) {
            return questions.unlisted(patience);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new Cancelled("the check");
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException failure
              ? failure
              : new IllegalStateException(e.getCause());
        }
      }
    }
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
}
