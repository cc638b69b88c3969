package org.ocmcore.cache.spring;

import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.port.Store;

class AnnotationsTest extends AnnotationContract {
  @Override
  protected Store createStore() {
    return MemoryStore.open();
  }
}
