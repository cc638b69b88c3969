package org.ocmcore.cache.adapter.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/** Scratch space in a temporary file, which is deleted on close. */
final class FileScratch implements Scratch {
  private final Path path;
  private final FileChannel channel;

  /** Position of the writer's thread. */
  private long written;

  /** Position of the reader's thread. */
  private long read;

  FileScratch(Path path, Disk disk) throws IOException {
    this.path = path;
    this.channel = disk.create(path);
  }

  @Override
  public void write(byte[] bytes, int length) {
    ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (all.hasRemaining()) {
        written += channel.write(all, written);
      }
    } catch (IOException e) {
      throw new DumpFailed(
          "keys that wait cannot be kept in '%s': %s".formatted(path, IoMessages.of(e)), e);
    }
  }

  @Override
  public void read(byte[] bytes, int length) {
    ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (all.hasRemaining()) {
        int count = channel.read(all, read);
        if (count < 0) {
          throw new EOFException("its temporary file is shorter than it was");
        }
        read += count;
      }
    } catch (IOException e) {
      throw new DumpFailed("keys that wait cannot be read: " + IoMessages.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new DumpFailed("its temporary file was not removed: " + IoMessages.of(e), e);
    }
  }
}
