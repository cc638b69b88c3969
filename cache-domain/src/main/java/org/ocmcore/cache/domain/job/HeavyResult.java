package org.ocmcore.cache.domain.job;

/** A result of a job that takes much memory, so that fewer finished jobs are remembered. */
public interface HeavyResult {
  /** About how many bytes of heap it takes. */
  long heapBytes();
}
