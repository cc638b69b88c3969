package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that fails when it is told to. */
final class FaultyDisk implements Disk {
  private final Disk disk = new LocalDisk();

  boolean isFull;
  boolean hasLinks = true;
  boolean createFails;
  boolean replaceFails;
  boolean syncOfFilesFails;

  /** How many more syncs of a folder succeed. */
  int syncs = Integer.MAX_VALUE;

  @Override
  public FileChannel create(Path file) throws IOException {
    if (createFails) {
      throw new FileSystemException(file.toString(), null, "Too many open files");
    }
    FileChannel channel = disk.create(file);
    if (!isFull) {
      return channel;
    }
    channel.close();
    return FileChannel.open(
        Path.of("/dev/full"), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    return disk.open(file);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    if (syncOfFilesFails) {
      throw new IOException("Input/output error");
    }
    disk.sync(file);
  }

  @Override
  public void link(Path second, Path file) throws IOException {
    if (!hasLinks) {
      throw new FileSystemException(second.toString(), file.toString(), "Operation not permitted");
    }
    disk.link(second, file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    if (replaceFails) {
      throw new FileSystemException(from.toString(), to.toString(), "Input/output error");
    }
    disk.replace(from, to);
  }

  @Override
  public void sync(Path folder) throws IOException {
    if (syncs-- <= 0) {
      throw new IOException("Input/output error");
    }
    disk.sync(folder);
  }
}
