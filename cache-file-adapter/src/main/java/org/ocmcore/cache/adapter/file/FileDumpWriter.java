package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** Writes a temporary file, which takes the current name when it is whole and checked. */
final class FileDumpWriter implements DumpWriter {
  private final DumpFolder folder;
  private final Disk disk;
  private final Path temporary;
  private final FileChannel channel;
  private final DumpOutput output;

  FileDumpWriter(DumpFolder folder, Disk disk, Instant createdAt, List<String> servers)
      throws IOException {
    this.folder = folder;
    this.disk = disk;
    temporary = folder.newTemporary();
    channel = disk.create(temporary);
    output = new DumpOutput(channel, createdAt, servers);
  }

  @Override
  public boolean write(CacheEntry entry) {
    if (!channel.isOpen()) {
      throw new DumpFailed("it was already committed or closed");
    }
    try {
      return output.write(entry);
    } catch (IOException e) {
      throw new DumpFailed(Reason.of(e), e);
    }
  }

  @Override
  public DumpInfo commit(Runnable checkpoint) {
    try {
      DumpSummary written = output.finish();
      checkpoint.run();
      disk.sync(channel);
      requireReadBack(written, checkpoint);
      channel.close();
      folder.publish(temporary);
      return written.named(folder.currentName());
    } catch (IOException e) {
      throw new DumpFailed(Reason.of(e), e);
    }
  }

  private void requireReadBack(DumpSummary written, Runnable checkpoint) throws IOException {
    DumpSummary read;
    try {
      read = DumpScan.check(channel, checkpoint);
    } catch (Damaged e) {
      throw new IOException("what was written reads back damaged: " + e.getMessage(), e);
    }
    if (!read.equals(written)) {
      throw new IOException("what was written reads back as something else");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new DumpFailed("its temporary file was not removed: " + Reason.of(e), e);
    }
  }
}
