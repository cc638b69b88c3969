package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;

/**
 * Where dumps are kept. One dump, the newest, has the name {@link #currentName()}; older ones have
 * names of their own. Methods may be called from any thread, but at most one writer is open at a
 * time. A file that is not a dump of ours is never listed, changed or removed.
 */
public interface DumpPort {
  /** The name of the newest dump, whether there is one yet or not. */
  String currentName();

  /**
   * Begins a dump. Nothing that exists is touched until {@link DumpWriter#commit}.
   *
   * @param createdAt the moment that the dump stands for
   * @param servers the addresses that it was taken from
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be begun
   */
  DumpWriter create(Instant createdAt, List<String> servers);

  /**
   * The names of all dumps, newest first, without looking into them.
   *
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if the place cannot be read
   */
  List<String> names();

  /**
   * Describes a dump, after checking it whole.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is none of this name
   */
  DumpInfo describe(String name);

  /**
   * Opens a dump for reading, after checking it whole.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is none of this name
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it fails its checks
   */
  DumpReader open(String name);

  /**
   * Removes a dump, if it is there.
   *
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be removed
   */
  void delete(String name);

  /** A dump being written. For one thread. */
  interface DumpWriter extends AutoCloseable {
    /**
     * Adds an entry.
     *
     * @return false if it is too large for the format of the dump, which then goes on without it
     * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be written
     */
    boolean write(CacheEntry entry);

    /**
     * Makes this the current dump, at once and whole: it is on the disk, has been read back and
     * checked, and only then takes the name; the dump that had it keeps its content under a name of
     * its own.
     *
     * @param checkpoint is run again and again until the dump takes the name; what it throws ends
     *     this as a failure does
     * @throws org.ocmcore.cache.domain.error.DumpFailed if any of this fails; the older dump is
     *     then still current
     */
    DumpInfo commit(Runnable checkpoint);

    /** The same, but nothing ends it. */
    default DumpInfo commit() {
      return commit(() -> {});
    }

    /** Drops what was written without a trace, unless it was committed. */
    @Override
    void close();
  }

  /** A dump being read, which has passed its checks. For one thread. */
  interface DumpReader extends AutoCloseable {
    DumpInfo info();

    /**
     * The next entry, or null at the end.
     *
     * @throws org.ocmcore.cache.domain.error.DumpUnusable if the file has changed or cannot be read
     *     any more
     */
    CacheEntry next();

    @Override
    void close();
  }
}
