package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.ocmcore.cache.domain.error.DumpFailed;

/**
 * Keeps a second service away from a dump file. It locks the file {@code .<name>.lock} beside the
 * dump file. The operating system releases the lock when the process ends, however it ends. The
 * lock file stays, because a removed file could be locked twice.
 */
public final class DumpLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private DumpLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock until {@link #close}. Creates the folder and the lock file.
   *
   * @param current the path of the current dump, which need not exist
   * @throws DumpFailed if another service holds it, or if it cannot be taken; says what to do
   */
  public static DumpLock acquire(Path current) {
    Path file = lockFile(current);
    try {
      LocalDisk.createFolders(file.getParent());
    } catch (IOException e) {
      throw FileDumps.unwritable(current, e);
    }
    boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    try {
      FileChannel channel = LocalDisk.openLock(file);
      requireLock(current, file, channel);
      return new DumpLock(file, channel);
    } catch (IOException e) {
      throw exists ? unusable(file, e) : FileDumps.unwritable(current, e);
    }
  }

  /**
   * Checks that no service holds the lock. Creates nothing.
   *
   * @param current the path of the current dump, which need not exist
   * @throws DumpFailed if a service holds it, or if this cannot be found out; says what to do
   */
  public static void requireFree(Path current) {
    Path file = lockFile(current);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(
        LocalDisk.requireNoPipe(file, LinkOption.NOFOLLOW_LINKS),
        Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      requireLock(current, file, channel);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static Path lockFile(Path current) {
    Path absolute = current.toAbsolutePath();
    return absolute.resolveSibling("." + absolute.getFileName() + ".lock");
  }

  /** Locks the channel, or closes it and throws. */
  private static void requireLock(Path current, Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another service of this process holds it.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new DumpFailed(
        ("the dump file '%s' is in use by another service, which holds '%s': set CACHE_DUMP_FILE to"
                + " another file, or stop that service")
            .formatted(current, file));
  }

  private static DumpFailed unusable(Path file, IOException cause) {
    return new DumpFailed(
        ("the lock file '%s' of CACHE_DUMP_FILE cannot be locked: %s; make it writable, or set"
                + " CACHE_DUMP_FILE to another folder")
            .formatted(file, IoMessages.of(cause)),
        cause);
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }
}
