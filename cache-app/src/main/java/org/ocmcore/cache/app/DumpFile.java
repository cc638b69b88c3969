package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ocmcore.cache.adapter.file.SingleDumpFile;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * The dump file that a command line names, opened read-only.
 *
 * @param dumps holds this dump only, under {@link #name}
 */
record DumpFile(DumpSource dumps) {
  /**
   * Opens a file that exists and is readable; its content is not checked yet.
   *
   * @param file may be a symbolic link
   * @throws IOException if the file cannot be read; the message is a sentence for the user
   */
  static DumpFile open(Path file) throws IOException {
    requireReadable(file);
    return new DumpFile(new SingleDumpFile(file.toRealPath()));
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

  /** The file's own name, without folders; the target's if a symbolic link was opened. */
  String name() {
    return dumps.currentName();
  }

  /** @throws DumpUnusable if it cannot be read at all */
  DumpInfo describe() {
    return dumps.describe(name());
  }

  /**
   * A reader of the intact entries, to be closed.
   *
   * @throws DumpUnusable if no part of it is a part of a dump
   */
  DumpReader salvage() {
    return dumps.salvage(name());
  }
}
