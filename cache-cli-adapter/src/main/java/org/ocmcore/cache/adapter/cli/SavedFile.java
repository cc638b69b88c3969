package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that gets its name when it is whole, and that only its owner may read. */
final class SavedFile {
  private final Path target;
  private final boolean replaces;

  /**
   * @param replaces whether an ordinary file of that name is replaced
   * @throws WrongUsage if there is something else of that name, or a file that stays
   * @throws IOException if there is no such folder
   */
  SavedFile(Path target, boolean replaces) throws IOException {
    this.target = target;
    this.replaces = replaces;
    if (!Files.isDirectory(folder())) {
      throw new IOException("there is no folder " + folder());
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      // A device, a pipe, a folder or a link is never lost by mistake.
      throw new WrongUsage(
          "%s is there already, and is no ordinary file; give another --file".formatted(target));
    }
    if (!replaces) {
      throw new WrongUsage(target + " is there already; give --force, or another --file");
    }
  }

  private Path folder() {
    return target.toAbsolutePath().getParent();
  }

  /**
   * Writes all bytes.
   *
   * @return their number
   * @throws IOException if not all could be read or written; then there is no new file
   */
  long write(InputStream bytes) throws IOException {
    Path part = part();
    try {
      long size;
      try (OutputStream out = Files.newOutputStream(part)) {
        size = bytes.transferTo(out);
      }
      if (replaces) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(part, target);
      }
      return size;
    } catch (FileAlreadyExistsException e) {
      throw new IOException(target + " has appeared meanwhile; nothing was replaced", e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Path part() throws IOException {
    try {
      return Files.createTempFile(
          folder(),
          ".cache-",
          ".part",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new IOException("no file can be made in %s: %s".formatted(folder(), IoReason.of(e)), e);
    }
  }
}
