package org.ocmcore.cache.app;

/** What has to be closed when the service stops using its store. */
interface StoreConnection extends AutoCloseable {
  @Override
  void close();
}
