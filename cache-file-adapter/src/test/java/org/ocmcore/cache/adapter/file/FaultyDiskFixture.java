package org.ocmcore.cache.adapter.file;

import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with one dump, on a disk that can fail. */
abstract class FaultyDiskFixture {
  static final String FIRST = "dump-20260102T120000.000Z.json";

  static final String SECOND = "dump-20260102T120001.000Z.json";

  @TempDir
  Path parent;

  final FaultyDisk disk = new FaultyDisk();

  Path folder;

  Path file;

  FileDumps dumps;

  @BeforeEach
  void writeOneDump() {
    folder = parent.resolve("data");
    file = folder.resolve("dump.json");
    dumps = new FileDumps(file, disk);
    DumpFiles.write(dumps, NOON, "first");
  }

  void writeSecond() {
    DumpFiles.write(dumps, NOON.plusSeconds(1), "second");
  }
}
