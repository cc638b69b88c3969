package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The file operations of a dump that can fail midway. Tests make them fail. */
interface Disk {
  /** Creates a new file with access for its owner only, and opens it to write and read. */
  FileChannel create(Path file) throws IOException;

  /** Opens a file to read; fails if it is a symbolic link. */
  FileChannel open(Path file) throws IOException;

  /** Returns when the content of a file would survive a loss of power. */
  void sync(FileChannel file) throws IOException;

  /** Creates a hard link with a new name. */
  void link(Path second, Path file) throws IOException;

  /** Renames a file atomically, and replaces a file with that name. */
  void replace(Path from, Path to) throws IOException;

  /** Returns when the names in a folder would survive a loss of power. */
  void sync(Path folder) throws IOException;
}
