package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * The file that a command line names, opened read-only: a dump, or a file of another tool.
 *
 * @param dumps holds this dump only, under {@link #name}
 */
record DumpFile(DumpSource dumps) {
  /** The file's own name, without folders; the target's if a symbolic link was opened. */
  String name() {
    return dumps.currentName();
  }

  /** @throws org.ocmcore.cache.domain.error.DumpUnusable if it cannot be read at all */
  DumpInfo describe() {
    return dumps.describe(name());
  }

  /**
   * A reader of the intact entries, to be closed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if no part of it is a part of a dump
   */
  DumpReader salvage() {
    return dumps.salvage(name());
  }
}
