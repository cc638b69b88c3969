package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where dumps are written, kept, read and removed. Every dump has a name with its time; the newest
 * complete dump also has {@link #currentName()}. Any thread may call these methods, but at most one
 * writer is open at a time. Files that are not dumps of ours are never listed, changed or removed.
 */
public interface DumpPort extends DumpSource {
  /**
   * Begins a dump. Existing dumps stay as they are until {@link DumpWriter#commit}.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if nothing can be written
   */
  DumpWriter create(DumpHeader header);

  /**
   * The names of all dumps, newest first; damaged ones are included. {@link #currentName} is not
   * among them, unless a dump has no other name.
   *
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if the names cannot be read
   */
  List<String> names();

  /**
   * The stored bytes of a dump, compressed or not, damaged or not; to be closed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if no dump has this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it cannot be read
   */
  DumpBytes bytes(String name);

  /**
   * Removes a dump; does nothing if there is none. If it was current, the newest complete dump that
   * is left gets {@link #currentName}.
   *
   * @param createdAt the time of the dump, to the millisecond, if the name may be that of another
   *     dump by now; empty for any
   * @throws org.ocmcore.cache.domain.error.PreconditionFailed if it is of another time
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it cannot be read to learn its time
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be removed
   */
  void delete(String name, Optional<Instant> createdAt);

  /** Removes a dump of any time; see {@link #delete(String, Optional)}. */
  default void delete(String name) {
    delete(name, Optional.empty());
  }

  /**
   * Temporary space outside of memory, to be closed.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if nothing can be written
   */
  Scratch scratch();

  /** The place where dumps are kept, as it is now. Reads no dump and never fails. */
  default DumpPlace place() {
    return DumpPlace.UNBOUNDED;
  }

  /** Writes a dump. For any number of threads, each with a part of its own. */
  interface DumpWriter extends AutoCloseable {
    /**
     * A new part of the dump. Parts are written concurrently; end each before the commit.
     *
     * @param server where its entries come from: one of the header's
     */
    PartWriter part(String server);

    /** The size of the dump so far, in bytes. */
    long bytes();

    /**
     * Publishes this dump atomically. It is stored durably, read back and checked; then it gets its
     * dated name and, if the account is complete, {@link DumpPort#currentName}. The dump that was
     * current keeps its dated name.
     *
     * @param account the outcome of every key; its written entries must be as many as were written
     * @param checkpoint runs repeatedly before the dump gets its names, and once right before that;
     *     an exception of it ends the commit like a failure
     * @throws org.ocmcore.cache.domain.error.DumpFailed if any of this fails; the older dump stays
     *     current
     */
    DumpInfo commit(DumpAccount account, Runnable checkpoint);

    /** Discards the dump without a trace, unless it was committed. */
    @Override
    void close();
  }

  /** Writes a part of a dump. For one thread. */
  interface PartWriter {
    /**
     * Adds an entry.
     *
     * @return false, and nothing is added, if the entry is too large for the format
     * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be written
     */
    boolean write(DumpEntry entry);

    /**
     * Ends the part; nothing may be written afterwards.
     *
     * @throws org.ocmcore.cache.domain.error.DumpFailed if buffered entries cannot be written
     */
    void end();
  }

  /** Reads a dump. For one thread. */
  interface DumpReader extends AutoCloseable {
    /** The description of the dump, as {@link DumpPort#describe} returns it. */
    DumpInfo info();

    /**
     * The next entry, or null at the end.
     *
     * @throws org.ocmcore.cache.domain.error.DumpUnusable if the dump changed while it was read, or
     *     can no longer be read
     */
    DumpEntry next();

    /**
     * The server that the last {@link #next} entry came from; empty if the dump does not say it.
     */
    Optional<String> server();

    @Override
    void close();
  }

  /** A queue of bytes. For one writing and one reading thread. */
  interface Scratch extends AutoCloseable {
    /**
     * Appends the first {@code length} bytes of an array.
     *
     * @throws org.ocmcore.cache.domain.error.DumpFailed if they cannot be stored
     */
    void write(byte[] bytes, int length);

    /**
     * Takes the next {@code length} bytes into the beginning of an array; as many must be there.
     *
     * @throws org.ocmcore.cache.domain.error.DumpFailed if they cannot be read
     */
    void read(byte[] bytes, int length);

    /** Releases the space. */
    @Override
    void close();
  }
}
