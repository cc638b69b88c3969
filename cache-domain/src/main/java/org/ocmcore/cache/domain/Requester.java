package org.ocmcore.cache.domain;

/**
 * Who waits for the result of a use case. The use case polls it while it works. Safe for use by any
 * number of threads.
 */
public interface Requester {
  /** Waits as long as it takes. */
  Requester PATIENT = new Requester() {
    @Override
    public void requirePresent() {}

    @Override
    public void requireWaiting() {}
  };

  /**
   * For work that may take any time, such as a comparison with a dump.
   *
   * @throws org.ocmcore.cache.domain.error.Cancelled if nobody waits any more
   */
  void requirePresent();

  /**
   * For searches and walks.
   *
   * @throws RuntimeException if nobody waits any more, or if the request has taken too long
   */
  void requireWaiting();

  /**
   * Takes memory for a result that grows with the number of keys, until the request has been
   * answered.
   *
   * @param bytes how many more, at least 0
   * @throws RuntimeException if the requester may not have so much
   */
  default void hold(long bytes) {}
}
