package org.ocmcore.cache.domain.dump;

/** Is told what becomes of dumps, whoever asked for them; called by the thread that dumps. */
public interface DumpEvents {
  /** A dump was written. */
  void written(DumpReport report);

  /** A dump failed; whoever asked is told as well. */
  void failed(RuntimeException failure);

  /** An automatic dump was not written, which is no failure; the reason says why. */
  void skipped(String reason);

  /** A dump was written, but older ones that are too many could not be removed. */
  void notRemoved(RuntimeException failure);
}
