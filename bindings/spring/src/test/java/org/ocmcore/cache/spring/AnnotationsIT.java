package org.ocmcore.cache.spring;

import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.port.Store;

/** Spring's annotations on a real memcached. */
class AnnotationsIT extends AnnotationContract {
  private MemcachedServer server;

  @Override
  protected Store createStore() {
    server = MemcachedServer.start();
    return MemcachedStore.open(MemcachedSettings.parse(server.address()));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }
}
