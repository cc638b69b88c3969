package org.ocmcore.cache.domain.client;

import org.ocmcore.cache.domain.testing.FakeNearMap;

/** Many threads on the domain's own fake. */
class FakeNearMapTest extends NearStressContract {
  @Override
  protected NearMap createMap() {
    return new FakeNearMap();
  }
}
