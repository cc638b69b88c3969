package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.domain.port.DumpPort;

/**
 * A dump that is only read, wherever it is and whatever its name. {@link FileDumps} keeps a folder
 * in order and must be able to write there; so it is given a folder of its own, with nothing but a
 * link to the file.
 */
final class DumpFile implements AutoCloseable {
  private final Path link;
  private final DumpPort dumps;

  private DumpFile(Path link, DumpPort dumps) {
    this.link = link;
    this.dumps = dumps;
  }

  /** @throws IOException if the file cannot be read; the message says why, in words */
  static DumpFile open(Path file) throws IOException {
    requireReadable(file);
    Path link = link(file);
    try {
      return new DumpFile(link, new FileDumps(link));
    } catch (RuntimeException e) {
      remove(link);
      throw e;
    }
  }

  private static void requireReadable(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no file " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no ordinary file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.read();
    } catch (AccessDeniedException e) {
      throw new IOException(file + " cannot be read: access is denied", e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path link(Path file) throws IOException {
    try {
      Path folder = Files.createTempDirectory("cache-dump-");
      return Files.createSymbolicLink(folder.resolve(file.getFileName()), file.toRealPath());
    } catch (IOException e) {
      throw new IOException(
          "no link to %s can be made in %s: %s"
              .formatted(file, System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  /** Where it is the current dump, and the only one. */
  DumpPort dumps() {
    return dumps;
  }

  /** The name that it has there: that of the file. */
  String name() {
    return dumps.currentName();
  }

  /**
   * Removes the link; the file stays as it is.
   *
   * @throws IOException if that is not possible
   */
  @Override
  public void close() throws IOException {
    remove(link);
  }

  private static void remove(Path link) throws IOException {
    Files.deleteIfExists(link);
    Files.deleteIfExists(link.getParent());
  }
}
