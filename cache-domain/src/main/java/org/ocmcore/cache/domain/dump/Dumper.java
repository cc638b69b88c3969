package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.port.Store;

/**
 * Writes the whole cache into a dump: every key that lives throughout, once, each with a value that
 * it held at some moment meanwhile. Keys and values pass through in bounded memory, from all
 * servers at once. For any number of threads.
 */
public final class Dumper {
  private final Store store;
  private final DumpPort dumps;
  private final DumpPolicy policy;
  private final DumpEvents events;
  private final Executor executor;
  private final Pause pause;
  private final Clock clock;
  private final String product;

  /**
   * @param executor where servers are read, two threads each; it must have a thread for whatever it
   *     is given, or take the caller's
   * @param pause holds a dump back that would be too fast
   * @param product the version of the program, for the dump's header
   */
  public Dumper(
      Store store,
      DumpPort dumps,
      DumpPolicy policy,
      DumpEvents events,
      Executor executor,
      Pause pause,
      Clock clock,
      String product) {
    this.store = store;
    this.dumps = dumps;
    this.policy = policy;
    this.events = events;
    this.executor = executor;
    this.pause = pause;
    this.clock = clock;
    this.product = product;
  }

  /**
   * Dumps now and returns when the dump is current; or, if it lacks keys and the policy allows
   * that, when it is written under its own name.
   *
   * @param progress is told of keys, and of bytes of items
   * @throws StoreUnavailable if a server fails, and the policy does not allow that
   * @throws DumpFailed if it cannot be written
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress says so; there is no trace of
   *     the dump then
   */
  public DumpResult dump(Progress progress) {
    return run(false, progress, PublishGuard.NONE).orElseThrow();
  }

  /**
   * Dumps as {@link #dump} does, but does not put a dump without entries in the place of one that
   * has some: a cache that has lost everything is what that dump is there for.
   *
   * @param fence is looked at again and again, and right before the dump takes the current name
   * @return empty if no dump was written for that reason
   */
  public Optional<DumpResult> dumpUnlessLost(Progress progress, PublishGuard fence) {
    return run(true, progress, fence);
  }

  private Optional<DumpResult> run(boolean unlessLost, Progress progress, PublishGuard fence) {
    Optional<DumpResult> report = writeOrTell(unlessLost, new Fenced(progress, fence));
    if (report.isPresent()) {
      events.written(report.get());
      removeSurplus(progress);
    } else {
      events.skipped("the cache is empty, and the current dump is not");
    }
    return report;
  }

  private Optional<DumpResult> writeOrTell(boolean unlessLost, Fenced progress) {
    try {
      return write(unlessLost, progress);
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  private Optional<DumpResult> write(boolean unlessLost, Fenced progress) {
    progress.checkpoint();
    Instant start = clock.instant();
    DumpHeader header = new DumpHeader(start, store.keyspace().servers(), product);
    try (DumpWriter writer = dumps.create(header)) {
      DumpAccount account =
          new DumpRun(store, dumps, policy, events, executor, pause, clock, progress).write(writer);
      if (!policy.partial()) {
        requireComplete(account);
      }
      if (unlessLost && account.sum(ServerAccount::written) == 0 && currentHasEntries()) {
        return Optional.empty();
      }
      DumpInfo dump = writer.commit(account, progress::requirePassing);
      return Optional.of(new DumpResult(dump, account, Duration.between(start, clock.instant())));
    }
  }

  private static void requireComplete(DumpAccount account) {
    for (ServerAccount server : account.servers()) {
      if (server.failed() > 0) {
        throw new DumpFailed("%s refused to give the values of %d of %d keys"
            .formatted(server.server(), server.failed(), server.seen()));
      }
      if (!server.isComplete()) {
        throw new DumpFailed("of %d keys of %s, only %d are accounted for"
            .formatted(server.seen(), server.server(), server.accounted()));
      }
    }
  }

  private boolean currentHasEntries() {
    try {
      return dumps.describe(dumps.currentName()).entries() > 0;
    } catch (DumpNotFound none) {
      return false;
    }
  }

  private void removeSurplus(Progress progress) {
    try {
      List<DumpInfo> whole = new ArrayList<>();
      for (String name : dumps.names()) {
        // Those that this process has not seen yet are read whole.
        progress.checkpoint();
        describe(name).ifPresent(whole::add);
      }
      policy.retention().surplus(whole, clock.instant()).forEach(dumps::delete);
    } catch (RuntimeException e) {
      // Whatever it was: the dump is written, and older ones that stay must not deny that.
      events.notRemoved(e);
    }
  }

  private Optional<DumpInfo> describe(String name) {
    try {
      return Optional.of(dumps.describe(name));
    } catch (DumpNotFound | DumpUnusable unreadable) {
      return Optional.empty();
    }
  }

  /** Looks at a fence, too, whenever it is asked whether to go on. */
  private record Fenced(Progress progress, PublishGuard fence) implements Progress {
    @Override
    public void expect(long items) {
      progress.expect(items);
    }

    @Override
    public void advance(long items, long bytes) {
      progress.advance(items, bytes);
    }

    @Override
    public void throttled(Duration time) {
      progress.throttled(time);
    }

    @Override
    public void checkpoint() {
      progress.checkpoint();
      fence.glance();
    }

    /** Asks whether the dump may take its name. */
    void requirePassing() {
      progress.checkpoint();
      fence.check();
    }
  }
}
