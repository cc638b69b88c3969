package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The local file system. */
final class LocalDisk implements Disk {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] OWNER_ONLY = permissions("rw-------");
  private static final FileAttribute<?>[] FOLDER_OF_OWNER = permissions("rwx------");

  private static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  /** Creates a folder with access for its owner only, and those above it, unless they exist. */
  static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, FOLDER_OF_OWNER);
  }

  /**
   * The same file, which may be missing.
   *
   * @throws FileSystemException if it is a pipe or a device: opening that can take for ever
   */
  static Path requireNoPipe(Path file, LinkOption... links) throws IOException {
    if (Files.exists(file, links)
        && Files.readAttributes(file, BasicFileAttributes.class, links).isOther()) {
      throw new FileSystemException(
          file.toString(), null, "it is a pipe or a device and no file; move it away");
    }
    return file;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        OWNER_ONLY);
  }

  /** Opens a file for a lock; creates it if it is missing. */
  static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(
        requireNoPipe(file, LinkOption.NOFOLLOW_LINKS),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        OWNER_ONLY);
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        requireNoPipe(file, LinkOption.NOFOLLOW_LINKS),
        StandardOpenOption.READ,
        LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    file.force(true);
  }

  @Override
  public void link(Path second, Path file) throws IOException {
    Files.createLink(second, file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void sync(Path folder) throws IOException {
    // Other systems cannot open a folder, and keep names safe by themselves.
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        sync(channel);
      }
    }
  }
}
