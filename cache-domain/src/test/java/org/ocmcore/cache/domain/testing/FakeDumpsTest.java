package org.ocmcore.cache.domain.testing;

import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPortContract;

class FakeDumpsTest extends DumpPortContract {
  @Override
  protected DumpPort createDumps() {
    return new FakeDumps();
  }
}
