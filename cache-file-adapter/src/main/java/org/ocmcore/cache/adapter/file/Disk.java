package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The file operations that can fail in the middle of a dump. Tests let them fail. */
interface Disk {
  /** Makes a file that was not there, for its owner only, to write and read. */
  FileChannel create(Path file) throws IOException;

  /** Opens a file to read; fails if it is a symbolic link. */
  FileChannel open(Path file) throws IOException;

  /** Returns when the content of a file is safe from a loss of power. */
  void sync(FileChannel file) throws IOException;

  /** Gives a file a second name, which was not there. */
  void link(Path second, Path file) throws IOException;

  /** Moves a file onto a name, at once, whether that is taken or not. */
  void replace(Path from, Path to) throws IOException;

  /** Returns when the names in a folder are safe from a loss of power. */
  void sync(Path folder) throws IOException;
}
