package org.ocmcore.cache.adapter.file;

import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/** Dump files that are found by name, and checked whole before they are read. */
abstract class CheckedDumps implements DumpSource {
  private final DumpOpener opener;

  CheckedDumps(CheckCache files) {
    opener = new DumpOpener(files);
  }

  /**
   * The file of a dump.
   *
   * @throws DumpNotFound if no dump has this name
   */
  abstract Path find(String name);

  @Override
  public final DumpInfo describe(String name) {
    return opener.describe(name, find(name));
  }

  @Override
  public final DumpReader open(String name) {
    return opener.open(name, find(name));
  }

  @Override
  public final DumpReader salvage(String name) {
    return opener.salvage(name, find(name));
  }
}
