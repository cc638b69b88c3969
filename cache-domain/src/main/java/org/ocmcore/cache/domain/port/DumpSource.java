package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Dumps that are read by name and never changed. Any thread may call these methods. */
public interface DumpSource {
  /** The name of the dump that is read by default, whether it exists or not. */
  String currentName();

  /**
   * Checks a whole dump and describes it.
   *
   * @param name a dated name, or {@link #currentName}
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if no dump has this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it cannot be read at all
   */
  DumpInfo describe(String name);

  /**
   * Opens a dump to read all its entries. Checks all of it first, unless it was checked before and
   * has not changed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if no dump has this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it is damaged or cannot be read
   */
  DumpReader open(String name);

  /**
   * Opens a dump, damaged or not, to read its intact entries: those in blocks whose checksums hold.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if no dump has this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if no part of it is a part of a dump
   */
  DumpReader salvage(String name);
}
