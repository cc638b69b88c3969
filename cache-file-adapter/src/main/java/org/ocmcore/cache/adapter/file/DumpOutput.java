package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.port.ServerAccount;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes the text of a dump. Any number of threads fill and compress blocks; the blocks go into the
 * file one by one.
 */
final class DumpOutput {
  private final FileChannel channel;
  private final DumpTarget target;
  private final DumpCompression compression;
  private final DumpHeader header;
  private final AtomicLong blocks = new AtomicLong();
  private final MessageDigest digest = DumpFormat.sha256();
  private final CRC32C written = new CRC32C();
  private long entries;
  private long textBytes;
  private long fileBytes;
  private long blockSums;

  /** Whether a write has failed, so that the file may end with a part of a block. */
  private boolean broken;

  /** Writes the header. */
  DumpOutput(FileChannel channel, DumpTarget target, DumpCompression compression, DumpHeader header)
      throws IOException {
    this.channel = channel;
    this.target = target;
    this.compression = compression;
    this.header = header;
    byte[] line = headerLine();
    if (header.servers().size() > DumpFormat.MAX_SERVERS || line.length > DumpFormat.MAX_HEADER) {
      throw new IOException("it would name %,d servers in %,d bytes, and a dump names %,d in %,d"
          .formatted(
              header.servers().size(), line.length, DumpFormat.MAX_SERVERS, DumpFormat.MAX_HEADER));
    }
    append(line, line.length);
  }

  private byte[] headerLine() {
    return line(json -> {
      json.writeStringProperty("format", DumpFormat.NAME);
      json.writeNumberProperty("version", DumpFormat.VERSION);
      json.writeStringProperty("created_at", header.createdAt().toString());
      json.writeName("servers");
      json.writeStartArray();
      header.servers().forEach(json::writeString);
      json.writeEndArray();
      json.writeStringProperty("product", header.product());
    });
  }

  private static byte[] accountLine(DumpAccount account) {
    return line(json -> {
      json.writeName("account");
      json.writeStartArray();
      account.servers().forEach(server -> write(server, json));
      json.writeEndArray();
      json.writeBooleanProperty("complete", account.isComplete());
    });
  }

  private static void write(ServerAccount server, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("server", server.server());
    json.writeNumberProperty("seen", server.seen());
    json.writeNumberProperty("written", server.written());
    json.writeNumberProperty("gone", server.gone());
    json.writeNumberProperty("expired", server.expired());
    json.writeNumberProperty("elsewhere", server.elsewhere());
    json.writeNumberProperty("stale", server.stale());
    json.writeNumberProperty("too_large", server.tooLarge());
    json.writeNumberProperty("failed", server.failed());
    if (server.failure().isPresent()) {
      json.writeStringProperty("failure", server.failure().get());
    } else {
      json.writeNullProperty("failure");
    }
    json.writeEndObject();
  }

  /** Writes the members of a JSON object. */
  private interface Members {
    void to(JsonGenerator json);
  }

  private static byte[] line(Members members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = DumpFormat.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      members.to(json);
      json.writeEndObject();
    }
    out.write('\n');
    return out.toByteArray();
  }

  /** A writer of blocks of its own; any number may be open. */
  PartWriter part(String server) {
    int number = header.servers().indexOf(server);
    if (number < 0) {
      throw new IllegalArgumentException(
          "the header of the dump does not name the server " + server);
    }
    return new BlockWriter(number);
  }

  /** The size of the file so far. */
  synchronized long bytes() {
    return fileBytes;
  }

  /** The CRC-32C of all bytes of the file so far. */
  synchronized long checksum() {
    return written.getValue();
  }

  private void append(byte[] text, int length) throws IOException {
    append(text, length, () -> {});
  }

  /**
   * Appends a segment, compressed as one frame.
   *
   * @param count counts it, alone and in the order of the file
   */
  private void append(byte[] text, int length, Runnable count) throws IOException {
    if (compression == DumpCompression.NONE) {
      append(text, length, text, length, count);
    } else {
      byte[] frame = compression.frame(text, length);
      append(text, length, frame, frame.length, count);
    }
  }

  private synchronized void append(
      byte[] text, int length, byte[] content, int contentLength, Runnable count)
      throws IOException {
    requireUnbroken();
    broken = true;
    digest.update(text, 0, length);
    ByteBuffer all = ByteBuffer.wrap(content, 0, contentLength);
    while (all.hasRemaining()) {
      int step = Math.min(all.remaining(), DumpFormat.CHUNK);
      // In chunks: Java copies each write into a native buffer, which the thread keeps.
      all.position(all.position() + channel.write(all.slice(all.position(), step)));
    }
    written.update(content, 0, contentLength);
    textBytes += length;
    fileBytes += contentLength;
    count.run();
    broken = false;
  }

  private void requireUnbroken() throws IOException {
    if (broken) {
      throw new IOException("an earlier block could not be written");
    }
  }

  /**
   * Writes account and trailer, once all parts have ended; returns what a check will find.
   *
   * @throws IOException if the account has another number of entries, or an earlier write failed
   */
  synchronized CheckResult finish(DumpAccount account) throws IOException {
    requireUnbroken();
    long counted = account.sum(ServerAccount::written);
    if (counted != entries) {
      throw new IOException(
          "its account says %d entries, and it has %d".formatted(counted, entries));
    }
    byte[] accountLine = accountLine(account);
    digest.update(accountLine);
    long before = textBytes + accountLine.length;
    String sha256 = HexFormat.of().formatHex(digest.digest());
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes(accountLine);
    end.writeBytes(DumpFormat.trailer(entries, before, sha256));
    append(end.toByteArray(), end.size());
    return new CheckResult(
        header, entries, fileBytes, Optional.of(account), sha256, blockSums, List.of());
  }

  /** Collects entries until they fill a block. For one thread. */
  private final class BlockWriter implements PartWriter {
    private final EntryEncoder block = new EntryEncoder();
    private final CRC32C crc = new CRC32C();
    private final int server;
    private long count;

    BlockWriter(int server) {
      this.server = server;
    }

    @Override
    public boolean write(DumpEntry entry) {
      if (!block.add(entry)) {
        return false;
      }
      count++;
      if (block.length() >= DumpFormat.BLOCK) {
        end();
      }
      return true;
    }

    @Override
    public void end() {
      if (count == 0) {
        return;
      }
      block.add(DumpFormat.blockLine(blocks.incrementAndGet(), server, count, block.length()));
      crc.reset();
      crc.update(block.bytes(), 0, block.length());
      int crc32c = (int) crc.getValue();
      block.add(DumpFormat.blockLineEnd(crc32c));
      try {
        append(block.bytes(), block.length(), () -> {
          entries += count;
          blockSums = CheckResult.withBlock(blockSums, crc32c);
        });
      } catch (IOException e) {
        throw target.failed(e);
      }
      block.clear();
      count = 0;
    }
  }
}
