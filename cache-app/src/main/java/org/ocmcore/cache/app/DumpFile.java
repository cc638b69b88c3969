package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.FileFormat;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * The file that a command line names, opened read-only: a dump, or a file of another tool.
 *
 * @param dumps holds this dump only, under {@link #name}
 */
record DumpFile(DumpSource dumps) {
  /**
   * Opens a file that exists and is readable; its content is not checked yet.
   *
   * @param links whether the file may be a symbolic link
   * @param format empty to recognise it by the content
   * @param now lifetimes in seconds of other tools begin here
   * @throws IOException if the file cannot be read; the message is a sentence for the user
   */
  static DumpFile open(Path file, SymbolicLinks links, Optional<FileFormat> format, Instant now)
      throws IOException {
    requireReadable(file);
    Path real = links.resolve(file, "add --follow-symlinks");
    FileFormat found = format.isPresent() ? format.get() : FileFormat.detect(real);
    return new DumpFile(found.source(real, now));
  }

  private static void requireReadable(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no file " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + " is no ordinary file: it is read twice, so save a pipe as a file first");
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
