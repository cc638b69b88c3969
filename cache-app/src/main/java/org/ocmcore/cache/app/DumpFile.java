package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.domain.port.DumpPort;

/**
 * A dump that is only read, wherever it is and whatever its name.
 *
 * @param dumps where it is the current dump
 */
record DumpFile(DumpPort dumps) {
  /**
   * @param file may be a symbolic link
   * @throws IOException if the file cannot be read; the message says why, in words
   */
  static DumpFile open(Path file) throws IOException {
    requireReadable(file);
    return new DumpFile(FileDumps.reading(file.toRealPath()));
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

  /** The name that it has there: that of the file. */
  String name() {
    return dumps.currentName();
  }
}
