package org.ocmcore.cache.domain.dump;

import java.time.Duration;

/** Is told what becomes of dumps, whoever asked for them; called by the thread that dumps. */
public interface DumpEvents {
  /** A dump was written. */
  void written(DumpResult report);

  /** A dump failed; whoever asked is told as well. */
  void failed(RuntimeException failure);

  /** An automatic dump was not written, which is no failure; the reason says why. */
  void skipped(String reason);

  /**
   * A server has been slow for ten seconds while it is dumped, and the dump pauses again and again.
   *
   * @param latency at least so long the server took to answer
   * @param leftAlone so long it takes when it is left alone
   */
  void throttled(String server, Duration latency, Duration leftAlone);

  /** A dump was written, but older ones that are too many could not be removed. */
  void notRemoved(RuntimeException failure);
}
