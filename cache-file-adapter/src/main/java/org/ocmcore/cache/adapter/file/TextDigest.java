package org.ocmcore.cache.adapter.file;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * The SHA-256 of a text that is read part by part. If a processor is free, another thread adds a
 * part while the caller works on the same part. For use by one thread.
 */
final class TextDigest {
  private static final Runnable NOTHING = () -> {};

  private final MessageDigest digest = DumpFormat.sha256();
  private FutureTask<Void> adding = new FutureTask<>(NOTHING, null);

  /** Adds a part, which must not change until {@link #await} returns. */
  void add(byte[] text, int from, int to) {
    await();
    adding = new FutureTask<>(() -> digest.update(text, from, to - from), null);
    // A pool without threads keeps what nobody takes.
    if (ForkJoinPool.getCommonPoolParallelism() > 0) {
      ForkJoinPool.commonPool().execute(adding);
    }
  }

  /** Returns when all parts are added. */
  void await() {
    // Adds the part itself if no other thread has begun to.
    adding.run();
    boolean interrupted = false;
    while (true) {
      try {
        adding.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The digest of all parts in hexadecimal. Nothing can be added afterwards. */
  String hex() {
    await();
    return HexFormat.of().formatHex(digest.digest());
  }
}
