package org.ocmcore.cache.domain.port;

import java.util.List;

/**
 * Where dumps are written, kept, read and removed. Every dump has a name with its time; the newest
 * complete dump also has {@link #currentName()}. Any thread may call these methods, but at most one
 * writer is open at a time. Files that are not dumps of ours are never listed, changed or removed.
 */
public interface DumpPort extends DumpSource {
  /**
   * Begins a dump. Nothing that exists is touched until {@link DumpWriter#commit}.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be begun
   */
  DumpWriter create(DumpHeader header);

  /**
   * The names of all dumps, newest first, without looking into them; {@link #currentName} is not
   * among them, unless a dump has no other name.
   *
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if the place cannot be read
   */
  List<String> names();

  /**
   * The bytes of a dump as they lie there, whether it is damaged or not; to be closed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is none of this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it cannot be read
   */
  DumpBytes bytes(String name);

  /**
   * Removes a dump, if it is there. If it was the newest, {@link #currentName} goes with it.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be removed
   */
  void delete(String name);

  /**
   * Room for bytes that a dump has no memory for, until it is closed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if there is none
   */
  Scratch scratch();

  /** A dump being written. For any number of threads, but one for each part. */
  interface DumpWriter extends AutoCloseable {
    /** A part of the dump that is written beside others; to be ended before the commit. */
    PartWriter part();

    /** Bytes that the file has so far. */
    long bytes();

    /**
     * Makes this the newest dump, at once and whole: it is on the disk, has been read back and
     * checked, and only then takes {@link DumpPort#currentName}; the dump that had it keeps its own
     * name.
     *
     * @param account what became of every key; tells of as many written entries as there are
     * @param checkpoint is run again and again until the dump takes the name, and once right before
     *     it; what it throws ends this as a failure does
     * @throws org.ocmcore.cache.domain.error.DumpFailed if any of this fails; the older dump is
     *     then still current
     */
    DumpInfo commit(DumpAccount account, Runnable checkpoint);

    /** Drops what was written without a trace, unless it was committed. */
    @Override
    void close();
  }

  /** A part of a dump. For one thread. */
  interface PartWriter {
    /**
     * Adds an entry.
     *
     * @return false if it is too large for the format of the dump, which then goes on without it
     * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be written
     */
    boolean write(DumpEntry entry);

    /**
     * Says that nothing follows.
     *
     * @throws org.ocmcore.cache.domain.error.DumpFailed if what is left cannot be written
     */
    void end();
  }

  /** A dump being read. For one thread. */
  interface DumpReader extends AutoCloseable {
    /** As {@link DumpPort#describe} gives it. */
    DumpInfo info();

    /**
     * The next entry, or null at the end.
     *
     * @throws org.ocmcore.cache.domain.error.DumpUnusable if the file has changed or cannot be read
     *     any more
     */
    DumpEntry next();

    @Override
    void close();
  }

  /** Bytes that come out in the order in which they went in. For one writer and one reader. */
  interface Scratch extends AutoCloseable {
    /** @throws org.ocmcore.cache.domain.error.DumpFailed if there is no room for them */
    void write(byte[] bytes, int length);

    /**
     * Fills an array with the next bytes; there must be as many.
     *
     * @throws org.ocmcore.cache.domain.error.DumpFailed if they cannot be read
     */
    void read(byte[] bytes, int length);

    /** Gives all room back. */
    @Override
    void close();
  }
}
