package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that fails on demand. For one thread at a time. */
final class FaultyDisk implements Disk {
  private final Disk disk = new LocalDisk();

  boolean isFull;
  boolean hasLinks = true;

  /** Whether written bytes read back changed. */
  boolean forges;

  /** The operation that fails from now on; empty for none. */
  String failing = "";

  /** The number of operations that succeed before one fails. */
  int successes = Integer.MAX_VALUE;

  /** The operation that failed because of {@link #successes}. */
  String failed = "";

  private Path opened;
  private Runnable beforeOpened;

  /** Runs this once, when this file is opened. */
  void beforeOpening(Path file, Runnable work) {
    opened = file;
    beforeOpened = work;
  }

  private void step(String operation) throws IOException {
    if (successes-- <= 0) {
      successes = Integer.MAX_VALUE;
      failed = operation;
      throw new IOException("Input/output error");
    }
    if (operation.equals(failing)) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step("create");
    FileChannel channel = disk.create(file);
    if (!isFull) {
      return new FaultyChannel(channel);
    }
    channel.close();
    return FileChannel.open(
        Path.of("/dev/full"), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    step("open");
    if (file.equals(opened)) {
      opened = null;
      beforeOpened.run();
    }
    return disk.open(file);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    step("sync");
    disk.sync(file instanceof FaultyChannel faulty ? faulty.channel : file);
  }

  @Override
  public void link(Path second, Path file) throws IOException {
    if (!hasLinks) {
      throw new FileSystemException(second.toString(), file.toString(), "Operation not permitted");
    }
    step("link");
    disk.link(second, file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    step("replace");
    disk.replace(from, to);
  }

  @Override
  public void sync(Path folder) throws IOException {
    step("sync folder");
    disk.sync(folder);
  }

  /** A file whose reads and writes may fail as well. */
  private final class FaultyChannel extends FileChannel {
    private final FileChannel channel;

    FaultyChannel(FileChannel channel) {
      this.channel = channel;
    }

    private int forged(ByteBuffer target, int count) {
      if (forges && count > 100) {
        int at = target.position() - count + 60;
        target.put(at, (byte) (target.get(at) ^ 1));
      }
      return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      step("read");
      return forged(target, channel.read(target));
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      step("read");
      return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      step("write");
      return channel.write(source);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      step("write");
      return channel.write(source, position);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      return channel.transferFrom(source, position, count);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return channel.transferTo(position, count, target);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void force(boolean withNames) throws IOException {
      channel.force(withNames);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
