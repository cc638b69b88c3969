package org.ocmcore.cache.domain.dump;

import java.time.Duration;

/** Receives events of dumps, on the thread that dumps. */
public interface DumpEvents {
  /** A dump was written. */
  void written(DumpResult report);

  /** A dump failed. Its caller receives the failure, too. */
  void failed(RuntimeException failure);

  /** An automatic dump was not made, for this reason. That is no failure. */
  void skipped(String reason);

  /**
   * A server has been slow for ten seconds, and the dump keeps pausing.
   *
   * @param latency the latency of the server, or a lower bound of it
   * @param leftAlone its latency without the dump
   */
  void throttled(String server, Duration latency, Duration leftAlone);

  /** A dump was written, but surplus older dumps could not be removed. */
  void notRemoved(RuntimeException failure);

  /** Receives the same, and then the other does. */
  default DumpEvents and(DumpEvents other) {
    return new BothDumpEvents(this, other);
  }
}
