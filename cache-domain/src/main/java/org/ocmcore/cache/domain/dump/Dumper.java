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
 * Writes the whole cache into a dump: every key that lives throughout, once, with a value that it
 * had meanwhile. Uses bounded memory and reads all servers at once. Safe for use by any number of
 * threads.
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
   * @param executor uses two threads for each server; it must have a thread for every task or run
   *     tasks on the caller's thread
   * @param pause slows the dump down to its rate
   * @param product the version of the program, for the header
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
   * Dumps now. Returns when the dump is current or, if it lacks keys and the policy allows that,
   * when it is written under its own name.
   *
   * @param progress counts keys and bytes of items
   * @throws StoreUnavailable if a server fails and the policy does not allow partial dumps
   * @throws DumpFailed if it cannot be written
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress ends it; the dump leaves no
   *     trace
   */
  public DumpResult dump(Progress progress) {
    return run(false, progress, PublishGuard.NONE).orElseThrow();
  }

  /**
   * Dumps as {@link #dump}, but never replaces a dump that has entries by an empty one: a cache
   * that lost everything needs that dump.
   *
   * @param guard is checked during the dump, and right before the dump becomes current
   * @return empty if no dump was written for that reason
   */
  public Optional<DumpResult> dumpUnlessLost(Progress progress, PublishGuard guard) {
    return run(true, progress, guard);
  }

  private Optional<DumpResult> run(boolean unlessLost, Progress progress, PublishGuard guard) {
    Optional<DumpResult> report =
        writeAndReport(unlessLost, progress.checkedBy(guard::glance), guard);
    if (report.isPresent()) {
      events.written(report.get());
      removeSurplus(progress);
    } else {
      events.skipped("the cache is empty, and the current dump is not");
    }
    return report;
  }

  private Optional<DumpResult> writeAndReport(
      boolean unlessLost, Progress progress, PublishGuard guard) {
    try {
      return write(unlessLost, progress, guard);
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  private Optional<DumpResult> write(boolean unlessLost, Progress progress, PublishGuard guard) {
    progress.checkpoint();
    Instant start = clock.instant();
    DumpHeader header = new DumpHeader(start, store.keyspace().servers(), product);
    try (DumpWriter writer = dumps.create(header)) {
      DumpRun run = new DumpRun(store, dumps, policy, events, executor, pause, clock, progress);
      DumpAccount account = run.write(header.servers(), writer);
      if (!policy.partial()) {
        requireComplete(account);
      }
      if (unlessLost && account.sum(ServerAccount::written) == 0 && currentHasEntries()) {
        return Optional.empty();
      }
      DumpInfo dump = writer.commit(account, () -> {
        progress.checkpoint();
        guard.check();
      });
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
}
