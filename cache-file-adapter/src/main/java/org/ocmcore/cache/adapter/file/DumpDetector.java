package org.ocmcore.cache.adapter.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Tells dumps of ours from other files, and what those may be. */
final class DumpDetector {
  private static final int FIRST_BYTES = 16 * 1024;

  private DumpDetector() {}

  /** Whether a file begins as every dump of ours does. Leaves the position alone. */
  static boolean isOurs(FileChannel channel) throws IOException {
    byte[] first = SegmentReader.firstBytes(channel, FIRST_BYTES);
    Compression compression = Compression.of(first);
    if (compression == Compression.NONE) {
      return Segment.begins(first, 0, first.length, DumpFormat.HEADER_START);
    }
    FrameDecoder.Result frame = FrameDecoder.of(compression).decode(first, 0, first.length);
    return frame.isWhole()
        && Segment.begins(frame.text(), 0, frame.textLength(), DumpFormat.HEADER_START);
  }

  /**
   * @throws CorruptDumpException if nothing in the file can be a part of a dump; says what it may
   *     be. A dump whose beginning is damaged passes
   */
  static void requireOurs(FileChannel channel) throws IOException {
    byte[] first = SegmentReader.firstBytes(channel, FIRST_BYTES);
    if (first.length == 0) {
      throw new CorruptDumpException("it is empty");
    }
    if (Compression.of(first) == Compression.NONE && !isOurs(channel)) {
      Optional<Long> keys = listedKeys(channel, first[0]);
      if (keys.isPresent()) {
        throw new CorruptDumpException(
            ("it is a list of %d %s, as the older system wrote it: it holds no values,"
                    + " so there is nothing to restore")
                .formatted(keys.get(), keys.get() == 1 ? "key" : "keys"));
      }
    }
  }

  /** How many keys a file lists that is a JSON list of texts, or an object with such a list. */
  private static Optional<Long> listedKeys(FileChannel channel, byte firstByte) throws IOException {
    if (firstByte != '[' && firstByte != '{') {
      return Optional.empty();
    }
    channel.position(0);
    try (JsonParser json =
        DumpFormat.JSON.createParser(ObjectReadContext.empty(), new Unclosed(channel))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME
            && !json.currentName().equals("keys")) {
          json.nextToken();
          json.skipChildren();
        }
        json.nextToken();
      }
      return json.currentToken() == JsonToken.START_ARRAY ? texts(json) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** How many texts the list has in which the parser stands, if it has nothing else. */
  private static Optional<Long> texts(JsonParser json) {
    long count = 0;
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      count++;
    }
    return json.currentToken() == JsonToken.END_ARRAY ? Optional.of(count) : Optional.empty();
  }

  /** Reads a channel and leaves it open. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(FileChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public void close() {
      // The channel is its owner's to close.
    }
  }
}
