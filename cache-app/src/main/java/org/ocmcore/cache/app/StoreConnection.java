package org.ocmcore.cache.app;

/** Closes the store when the service ends. */
interface StoreConnection extends AutoCloseable {
  @Override
  void close();
}
