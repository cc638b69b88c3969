package org.ocmcore.cache.adapter.file;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPortContract;

final class FileDumpsTest extends DumpPortContract {
  @TempDir
  private Path folder;

  @Override
  protected DumpPort createDumps() {
    return new FileDumps(folder.resolve("data/cache_dump.json"));
  }
}
