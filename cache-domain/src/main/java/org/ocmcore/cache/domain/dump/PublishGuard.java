package org.ocmcore.cache.domain.dump;

/**
 * Keeps a dump from taking the current name when somebody else may be dumping. For any number of
 * threads.
 */
public interface PublishGuard {
  /** Lets everything pass. */
  PublishGuard NONE = new PublishGuard() {
    @Override
    public void glance() {}

    @Override
    public void check() {}
  };

  /** Looks if it has not looked for some time. @throws RuntimeException if the dump is to end */
  void glance();

  /** Looks in any case. @throws RuntimeException if the dump is to end */
  void check();
}
