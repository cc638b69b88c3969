package org.ocmcore.cache.domain.dump;

/**
 * Keeps a dump from becoming current while another process may be dumping. Safe for use by any
 * number of threads.
 */
public interface PublishGuard {
  /** Allows everything. */
  PublishGuard NONE = new PublishGuard() {
    @Override
    public void glance() {}

    @Override
    public void check() {}
  };

  /**
   * Checks if the last check is old.
   *
   * @throws RuntimeException if the dump must end
   */
  void glance();

  /**
   * Checks now.
   *
   * @throws RuntimeException if the dump must end
   */
  void check();
}
