package org.ocmcore.cache.domain.dump;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.BulkPort;

/**
 * Hands entries on to their servers, in batches: while one is stored, the next is gathered, and
 * each server has a lane of its own. At most a few MiB wait for a server. For one thread that adds.
 */
final class Lanes {
  private static final int MAX_ENTRIES = 8_192;
  private static final long MAX_BYTES = 1024 * 1024;

  /** Batches of a lane that wait or are being stored. */
  private static final int MAX_BATCHES = 2;

  private final Executor executor;
  private final Target target;
  private final RestoreAccount account;
  private final Progress progress;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /** Where entries go. */
  interface Target {
    /** @throws StoreUnavailable if the server fails; what was visited until then is done */
    void store(String server, List<CacheEntry> entries, BulkPort.StoreVisitor visitor);
  }

  Lanes(Executor executor, Target target, RestoreAccount account, Progress progress) {
    this.executor = executor;
    this.target = target;
    this.account = account;
    this.progress = progress;
  }

  /** Adds an entry for a server; false if a server has failed, and it is of no use to go on. */
  boolean add(String server, CacheEntry entry) {
    return lanes.computeIfAbsent(server, Lane::new).add(entry);
  }

  /** Returns when all is stored that can be, with what failed: at most one failure a server. */
  List<StoreUnavailable> finish() {
    lanes.values().forEach(Lane::pass);
    List<StoreUnavailable> failures = new ArrayList<>();
    lanes.values().forEach(lane -> lane.drain(0));
    lanes.values().stream()
        .filter(lane -> lane.failure != null)
        .forEach(lane -> failures.add(lane.failure));
    return failures;
  }

  /** Returns when nothing is under way any more. */
  void abandon() {
    lanes.values().forEach(Lane::abandon);
  }

  private final class Lane {
    private final String server;
    private final ArrayDeque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private List<CacheEntry> batch = new ArrayList<>();
    private long bytes;

    /** Why the server takes no more, or null. */
    private StoreUnavailable failure;

    Lane(String server) {
      this.server = server;
    }

    boolean add(CacheEntry entry) {
      batch.add(entry);
      bytes += entry.size();
      if (batch.size() == MAX_ENTRIES || bytes >= MAX_BYTES) {
        pass();
      }
      return failure == null;
    }

    void pass() {
      progress.checkpoint();
      drain(MAX_BATCHES - 1);
      if (failure != null || batch.isEmpty()) {
        return;
      }
      List<CacheEntry> passed = batch;
      long passedBytes = bytes;
      CompletableFuture<Void> before =
          underWay.isEmpty() ? CompletableFuture.completedFuture(null) : underWay.getLast();
      underWay.add(before.thenRunAsync(() -> store(passed, passedBytes), executor));
      batch = new ArrayList<>();
      bytes = 0;
    }

    private void store(List<CacheEntry> entries, long size) {
      target.store(server, entries, account::count);
      progress.advance(entries.size(), size);
    }

    /** Waits until no more than so many are under way. */
    void drain(int most) {
      while (underWay.size() > most) {
        try {
          underWay.remove().join();
        } catch (CompletionException e) {
          if (e.getCause() instanceof StoreUnavailable unavailable) {
            failure = unavailable;
          } else if (e.getCause() instanceof RuntimeException broken) {
            throw broken;
          } else {
            throw e;
          }
        }
      }
    }

    void abandon() {
      underWay.forEach(
          batchUnderWay -> batchUnderWay.handle((done, failed) -> null).join());
    }
  }
}
