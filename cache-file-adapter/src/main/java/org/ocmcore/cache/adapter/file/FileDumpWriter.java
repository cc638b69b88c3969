package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** Writes a temporary file, which gets the names of a dump once it is whole and read back. */
final class FileDumpWriter implements DumpWriter {
  /** Checkpoints are not free: one may ask a server. */
  private static final int CHUNKS_A_CHECKPOINT = 64;

  private final DumpPublisher publisher;
  private final Disk disk;
  private final CheckCache files;
  private final DumpHeader header;
  private final DumpTarget target;
  private final Path temporary;
  private final FileChannel channel;
  private final DumpOutput output;

  FileDumpWriter(
      DumpFolder folder, DumpPublisher publisher, Disk disk, CheckCache files, DumpHeader header)
      throws IOException {
    this.publisher = publisher;
    this.disk = disk;
    this.files = files;
    this.header = header;
    target = new DumpTarget(folder.current());
    temporary = folder.newTemporary();
    channel = disk.create(temporary);
    try {
      output = new DumpOutput(channel, target, folder.compression(), header);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public PartWriter part(String server) {
    if (!channel.isOpen()) {
      throw new DumpFailed("it was already committed or closed");
    }
    return output.part(server);
  }

  @Override
  public long bytes() {
    return output.bytes();
  }

  @Override
  public DumpInfo commit(DumpAccount account, Runnable checkpoint) {
    try {
      CheckResult written = output.finish(account);
      checkpoint.run();
      disk.sync(channel);
      requireReadBack(checkpoint);
      channel.close();
      Path published =
          publisher.publish(temporary, header.createdAt(), account.isComplete(), checkpoint);
      files.recordWritten(published, written);
      return written.info(published.getFileName().toString());
    } catch (IOException e) {
      throw target.failed(e);
    }
  }

  /** Compares checksums only: the text was valid when it was written. */
  private void requireReadBack(Runnable checkpoint) throws IOException {
    CRC32C read = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(DumpFormat.CHUNK);
    channel.position(0);
    for (long chunks = 0; channel.read(chunk) >= 0; chunks++) {
      if (chunks % CHUNKS_A_CHECKPOINT == 0) {
        checkpoint.run();
      }
      read.update(chunk.flip());
      chunk.clear();
    }
    if (channel.position() != output.bytes() || read.getValue() != output.checksum()) {
      throw new IOException("what was written reads back as something else");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new DumpFailed("its temporary file was not removed: " + IoMessages.of(e), e);
    }
  }
}
