package org.ocmcore.cache.adapter.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * A single dump file with any name, opened read-only. Nothing is created, changed, locked or
 * removed: not the file, nothing beside it, and nothing in the temporary folder, except that the
 * zstd library unpacks its native code there when the file is compressed with zstd. For any number
 * of threads.
 */
public final class SingleDumpFile implements DumpSource {
  private final Path file;
  private final DumpOpener opener = new DumpOpener(new CheckCache(new LocalDisk()));

  /**
   * Does not open the file yet.
   *
   * @param file a file, not a symbolic link; if it is missing, the other methods throw
   *     {@link DumpNotFound}
   */
  public SingleDumpFile(Path file) {
    this.file = file;
  }

  /** The name of the file, the only name that the other methods know. */
  @Override
  public String currentName() {
    return file.getFileName().toString();
  }

  @Override
  public DumpInfo describe(String name) {
    return opener.describe(name, find(name));
  }

  @Override
  public DumpReader open(String name) {
    return opener.open(name, find(name));
  }

  @Override
  public DumpReader salvage(String name) {
    return opener.salvage(name, find(name));
  }

  private Path find(String name) {
    if (!name.equals(currentName()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new DumpNotFound(name);
    }
    return file;
  }
}
