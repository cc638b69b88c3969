package org.ocmcore.cache.adapter.memory;

import org.ocmcore.cache.domain.client.NearMap;
import org.ocmcore.cache.domain.client.NearStressContract;

/** Many threads on Caffeine. */
class NearMapThreadsTest extends NearStressContract {
  @Override
  protected NearMap createMap() {
    return MemoryNearMap.ofBytes(1 << 20);
  }
}
