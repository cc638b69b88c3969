package org.ocmcore.cache.junit;

/** The store of a test. */
public enum TestStore {
  /**
   * The store that the whole run names by the configuration parameter {@code cache.test.store} (so
   * also by the system property of this name), or else by the environment variable
   * {@code CACHE_TEST_STORE}: {@code memory} or {@code memcached}. Without them it is memory.
   */
  CONFIGURED,
  /** A store in this process, by a {@link TestClock}. */
  MEMORY,
  /** A real memcached, which this machine needs to have installed. Its clock cannot be moved. */
  MEMCACHED
}
