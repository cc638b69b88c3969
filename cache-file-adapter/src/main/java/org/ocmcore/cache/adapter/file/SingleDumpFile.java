package org.ocmcore.cache.adapter.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpNotFound;

/**
 * A single dump file with any name, opened read-only. Nothing is created, changed, locked or
 * removed: not the file, nothing beside it, and nothing in the temporary folder, except that the
 * zstd library unpacks its native code there when the file is compressed with zstd. For any number
 * of threads.
 */
public final class SingleDumpFile extends CheckedDumps {
  private final Path file;

  /**
   * Does not open the file yet.
   *
   * @param file a file, not a symbolic link; if it is missing, the other methods throw
   *     {@link DumpNotFound}
   */
  public SingleDumpFile(Path file) {
    super(new CheckCache(new LocalDisk()));
    this.file = file;
  }

  /** The name of the file, the only name that the other methods know. */
  @Override
  public String currentName() {
    return file.getFileName().toString();
  }

  @Override
  Path find(String name) {
    if (!name.equals(currentName()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new DumpNotFound(name);
    }
    return file;
  }
}
