package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes the lines of a dump. For one thread. */
final class DumpOutput {
  private final WritableByteChannel channel;
  private final Instant createdAt;
  private final Pending pending = new Pending();
  private final JsonGenerator json =
      DumpFormat.JSON.createGenerator(ObjectWriteContext.empty(), pending);
  private final MessageDigest digest = DumpFormat.sha256();
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer scratch = CharBuffer.allocate(8192);
  private long entries;
  private long bytes;

  /** Begins with the header. */
  DumpOutput(WritableByteChannel channel, Instant createdAt, List<String> servers) {
    this.channel = channel;
    this.createdAt = createdAt;
    json.writeStartObject();
    json.writeStringProperty("format", DumpFormat.NAME);
    json.writeNumberProperty("version", DumpFormat.VERSION);
    json.writeStringProperty("created_at", createdAt.toString());
    json.writeName("servers");
    json.writeStartArray();
    servers.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
  }

  /** Returns false, and leaves the entry out, if it does not fit into a line. */
  boolean write(CacheEntry entry) throws IOException {
    if (entry.size() > DumpFormat.MAX_LINE) {
      return false;
    }
    int before = pending.size();
    writeLine(entry);
    // The line end before it counts as one byte.
    if (pending.size() - before - 1 > DumpFormat.MAX_LINE) {
      pending.cut(before);
      return false;
    }
    entries++;
    if (pending.size() >= DumpFormat.CHUNK) {
      drain();
    }
    return true;
  }

  private void writeLine(CacheEntry entry) {
    json.writeStartObject();
    writeBytes("key", "key_base64", entry.key().bytes());
    writeBytes("value", "value_base64", entry.value().bytes());
    json.writeNumberProperty("flags", entry.value().flags());
    if (entry.expiry().isNever()) {
      json.writeNullProperty("expires_at");
    } else {
      json.writeNumberProperty("expires_at", entry.expiry().epochSecond());
    }
    json.writeEndObject();
    json.flush();
  }

  private void writeBytes(String textName, String base64Name, byte[] content) {
    if (isUtf8(content)) {
      json.writeName(textName);
      json.writeUTF8String(content, 0, content.length);
    } else {
      json.writeBinaryProperty(base64Name, content);
    }
  }

  private boolean isUtf8(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    utf8.reset();
    while (in.hasRemaining()) {
      if (utf8.decode(in, scratch.clear(), true).isError()) {
        return false;
      }
    }
    return true;
  }

  /** Ends with the trailer, and says what was written. */
  DumpSummary finish() throws IOException {
    pending.write('\n');
    drain();
    String sha256 = HexFormat.of().formatHex(digest.digest());
    pending.writeBytes(DumpFormat.trailer(entries, bytes, sha256));
    drain();
    return new DumpSummary(createdAt, entries, bytes, sha256);
  }

  private void drain() throws IOException {
    ByteBuffer all = pending.view();
    digest.update(all.duplicate());
    while (all.hasRemaining()) {
      int step = Math.min(all.remaining(), DumpFormat.CHUNK);
      // Java copies what is written at once into a native buffer, and keeps that for the thread.
      all.position(all.position() + channel.write(all.slice(all.position(), step)));
    }
    bytes += pending.size();
    pending.reset();
  }

  /** Lines that are not written yet. */
  private static final class Pending extends ByteArrayOutputStream {
    Pending() {
      super(2 * DumpFormat.CHUNK);
    }

    void cut(int length) {
      count = length;
    }

    ByteBuffer view() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
