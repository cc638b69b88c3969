package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.transfer.LatencyBackoff;
import org.ocmcore.cache.domain.transfer.Throttle;

/** Writes the entries of all servers, all at once. For one dump. */
final class DumpRun {
  private static final long CHECKPOINT_MILLIS = 100;

  /** Keys whose values are not read yet may use this part of the heap. */
  private static final long SHARE_OF_HEAP = 16;

  private final Store store;
  private final DumpPort dumps;
  private final DumpPolicy policy;
  private final DumpEvents events;
  private final Executor executor;
  private final Pause pause;
  private final Clock clock;
  private final Progress progress;
  private final FailureSignal signal = new FailureSignal();

  /** @param executor has a thread for every task or runs tasks on the caller's thread */
  DumpRun(
      Store store,
      DumpPort dumps,
      DumpPolicy policy,
      DumpEvents events,
      Executor executor,
      Pause pause,
      Clock clock,
      Progress progress) {
    this.store = store;
    this.dumps = dumps;
    this.policy = policy;
    this.events = events;
    this.executor = executor;
    this.pause = pause;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Writes everything and returns the account.
   *
   * @param servers those that the writer expects
   * @throws StoreUnavailable if a server fails and partial dumps are not allowed, or if all fail
   * @throws DumpFailed if it cannot be written
   */
  DumpAccount write(List<String> servers, DumpWriter writer) {
    List<KeySpool> spools = new ArrayList<>();
    List<Running> running = new ArrayList<>();
    try {
      for (String server : servers) {
        KeySpool spool = new KeySpool(server, memory() / servers.size(), dumps::scratch, signal);
        spools.add(spool);
        running.add(new Running(server, dump(server, servers, spool, writer)));
      }
      expectAll(servers);
      startAll(running);
      running.forEach(Running::await);
      signal.check();
      List<ServerAccount> accounts = new ArrayList<>();
      running.forEach(each -> accounts.add(each.dump.account()));
      requireAny(running);
      return new DumpAccount(accounts);
    } finally {
      closeAll(spools);
    }
  }

  private void startAll(List<Running> running) {
    try {
      running.forEach(Running::start);
    } catch (RuntimeException | Error e) {
      // Such as having no room for another thread: those that run must have ended first.
      signal.stop(new DumpFailed("it broke: " + e, e));
      running.forEach(Running::await);
      throw e;
    }
  }

  /** Closes each, even if one fails. */
  private static void closeAll(List<KeySpool> spools) {
    RuntimeException failure = null;
    for (KeySpool spool : spools) {
      try {
        spool.close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static long memory() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }

  private ServerDump dump(String server, List<String> servers, KeySpool spool, DumpWriter writer) {
    return new ServerDump(
        store,
        server,
        spool,
        writer.part(server),
        new DuplicateResolver(store, servers, server, policy.partial()),
        Throttle.ofOne(
            policy.rateLimit().keysPerSecond(),
            servers.size(),
            new LatencyBackoff(
                policy.rateLimit().maxLatency(),
                () -> store.keyspace().probe(server),
                executor,
                new Pauses(server),
                clock),
            this::requireGoing,
            pause,
            clock),
        signal,
        progress,
        clock);
  }

  /** Reports the pauses in the work on a server. */
  private final class Pauses implements LatencyBackoff.Listener {
    private final String server;

    Pauses(String server) {
      this.server = server;
    }

    @Override
    public void paused(Duration time) {
      progress.throttled(time);
    }

    @Override
    public void lasting(Duration latency, Duration leftAlone) {
      events.throttled(server, latency, leftAlone);
    }
  }

  private void requireGoing() {
    signal.check();
    progress.checkpoint();
  }

  /** Servers that do not answer are left out; their walks fail anyway. */
  private void expectAll(List<String> servers) {
    long items = 0;
    for (String server : servers) {
      try {
        items += store.keyspace().stats(server).currentItems();
      } catch (StoreUnavailable e) {
        continue;
      }
    }
    progress.expect(items);
  }

  private static void requireAny(List<Running> running) {
    if (running.stream().allMatch(each -> each.failure != null)) {
      throw running.get(0).failure;
    }
  }

  /** The dump of one server. */
  private final class Running {
    private final String server;
    private final ServerDump dump;
    private CompletableFuture<Void> walk = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> read = walk;

    /** Why keys are missing, or null. */
    private StoreUnavailable failure;

    Running(String server, ServerDump dump) {
      this.server = server;
      this.dump = dump;
    }

    void start() {
      CompletableFuture<Void> measured = submit(dump::measure);
      walk = measured.thenCompose(done -> submit(dump::walk));
      read = measured.thenCompose(done -> submit(dump::read));
    }

    private CompletableFuture<Void> submit(Runnable work) {
      try {
        return CompletableFuture.runAsync(() -> work(work), executor);
      } catch (RejectedExecutionException e) {
        return notStarted(new DumpFailed("the service is stopping", e));
      } catch (Error e) {
        // For example, there is no memory for a thread.
        return notStarted(new DumpFailed("it broke: " + e, e));
      }
    }

    private CompletableFuture<Void> notStarted(DumpFailed failure) {
      signal.stop(failure);
      return CompletableFuture.failedFuture(failure);
    }

    private void work(Runnable work) {
      try {
        work.run();
      } catch (StoreUnavailable e) {
        if (!policy.partial()) {
          signal.stop(e);
        }
        throw e;
      } catch (RuntimeException | Error e) {
        signal.stop(
            e instanceof RuntimeException exception
                ? exception
                : new DumpFailed("it broke: " + e, e));
        throw e;
      }
    }

    void await() {
      await(walk);
      await(read);
      if (failure != null) {
        dump.fail(failure.reason());
      }
    }

    private void await(CompletableFuture<Void> work) {
      while (true) {
        try {
          work.get(CHECKPOINT_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException goesOn) {
          checkpoint();
        } catch (ExecutionException e) {
          if (e.getCause() instanceof StoreUnavailable unavailable) {
            failure = unavailable;
          }
          // Whatever else it was, everybody has been stopped for it.
          return;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          signal.stop(new DumpFailed("interrupted", e));
          join(work);
          return;
        }
      }
    }
  }

  private static void join(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException stopped) {
      // Told by what stopped it.
    }
  }

  private void checkpoint() {
    try {
      progress.checkpoint();
    } catch (RuntimeException e) {
      signal.stop(e);
    }
  }
}
