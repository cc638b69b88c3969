package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/** Waits for the walks of servers, each as long as its {@link TrackedServer#patience}. */
final class WalkWait {
  private WalkWait() {}

  /** How often it is checked whether to wait on. */
  private static final long CHECK_NANOS = 200_000_000;

  /**
   * Waits until all servers are ready; returns why some are not, at most one for each.
   *
   * @param checkpoint runs several times a second; throws to end the wait
   */
  static List<StoreUnavailable> failures(
      List<TrackedServer> servers,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Runnable checkpoint) {
    return failures(servers, ready, TrackedServer::patience, checkpoint);
  }

  private static List<StoreUnavailable> failures(
      List<TrackedServer> servers,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Function<TrackedServer, Duration> patience,
      Runnable checkpoint) {
    List<CompletableFuture<Void>> waiting = servers.stream().map(ready).toList();
    long begin = System.nanoTime();
    List<StoreUnavailable> failures = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      failure(servers.get(i), waiting.get(i), begin, patience, checkpoint).ifPresent(failures::add);
    }
    return failures;
  }

  /** The same without those of servers that have just joined, whose keys are gaps for now. */
  static List<StoreUnavailable> failuresWithoutJoining(
      List<TrackedServer> servers,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Runnable checkpoint) {
    return failuresWithoutJoining(servers, ready, TrackedServer::patience, checkpoint);
  }

  /** The same, and waits for at most so long. */
  static List<StoreUnavailable> failuresWithoutJoining(
      List<TrackedServer> servers,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Duration most) {
    return failuresWithoutJoining(
        servers,
        ready,
        server -> server.patience().compareTo(most) < 0 ? server.patience() : most,
        () -> {});
  }

  private static List<StoreUnavailable> failuresWithoutJoining(
      List<TrackedServer> servers,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Function<TrackedServer, Duration> patience,
      Runnable checkpoint) {
    // Before the wait: its walk may end just after the patience with it.
    Set<String> joining = servers.stream()
        .filter(TrackedServer::isJoining)
        .map(TrackedServer::name)
        .collect(Collectors.toSet());
    return failures(servers, ready, patience, checkpoint).stream()
        .filter(failure -> !joining.contains(failure.server()))
        .toList();
  }

  private static Optional<StoreUnavailable> failure(
      TrackedServer server,
      CompletableFuture<Void> ready,
      long begin,
      Function<TrackedServer, Duration> patience,
      Runnable checkpoint) {
    try {
      await(ready, begin, () -> patience.apply(server), checkpoint);
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        return Optional.of(unavailable);
      }
      if (e.getCause() instanceof RejectedExecutionException) {
        return Optional.of(server.unavailable("the service is stopping"));
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      return Optional.of(server.unavailable("its keys are still being listed; try again later"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(server.unavailable("interrupted while its keys are listed"));
    }
  }

  private static void await(
      CompletableFuture<Void> ready, long begin, Supplier<Duration> patience, Runnable checkpoint)
      throws ExecutionException, TimeoutException, InterruptedException {
    Duration granted = patience.get();
    while (true) {
      long left = granted.toNanos() - (System.nanoTime() - begin);
      try {
        ready.get(Math.max(0, Math.min(left, CHECK_NANOS)), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        checkpoint.run();
        if (left > CHECK_NANOS) {
          continue;
        }
        // The first walk may have ended meanwhile, so the time of a walk is known now.
        Duration now = patience.get();
        if (now.compareTo(granted) <= 0) {
          throw e;
        }
        granted = now;
      }
    }
  }
}
