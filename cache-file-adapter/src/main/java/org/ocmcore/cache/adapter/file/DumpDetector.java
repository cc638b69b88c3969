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

/** Distinguishes dumps from other files. */
final class DumpDetector {
  private static final int FIRST_BYTES = 16 * 1024;

  private DumpDetector() {}

  /** Whether a file begins like every dump. Does not move the position of the channel. */
  static boolean isDump(FileChannel channel) throws IOException {
    byte[] first = SegmentReader.firstBytes(channel, FIRST_BYTES);
    DumpCompression compression = DumpCompression.detect(first);
    if (compression == DumpCompression.NONE) {
      return TextScan.startsWith(first, 0, first.length, DumpFormat.HEADER_START);
    }
    FrameDecoder.Result frame = FrameDecoder.of(compression).decode(first, 0, first.length);
    return frame.isWhole()
        && TextScan.startsWith(frame.text(), 0, frame.textLength(), DumpFormat.HEADER_START);
  }

  /**
   * Accepts dumps, also with a damaged beginning, and most other files.
   *
   * @throws CorruptDumpException if the file is empty or a key list of the older system; says which
   */
  static void requirePossibleDump(FileChannel channel) throws IOException {
    byte[] first = SegmentReader.firstBytes(channel, FIRST_BYTES);
    if (first.length == 0) {
      throw new CorruptDumpException("it is empty");
    }
    if (DumpCompression.detect(first) == DumpCompression.NONE && !isDump(channel)) {
      Optional<Long> keys = countListedKeys(channel, first[0]);
      if (keys.isPresent()) {
        throw new CorruptDumpException(
            ("it is a list of %d %s, as the older system wrote it: it holds no values,"
                    + " so there is nothing to restore")
                .formatted(keys.get(), keys.get() == 1 ? "key" : "keys"));
      }
    }
  }

  /** The number of keys in a JSON array of strings, or in the array of an object's "keys". */
  private static Optional<Long> countListedKeys(FileChannel channel, byte firstByte)
      throws IOException {
    if (firstByte != '[' && firstByte != '{') {
      return Optional.empty();
    }
    channel.position(0);
    try (JsonParser json =
        DumpFormat.JSON.createParser(ObjectReadContext.empty(), new NonClosingStream(channel))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME
            && !json.currentName().equals("keys")) {
          json.nextToken();
          json.skipChildren();
        }
        json.nextToken();
      }
      return json.currentToken() == JsonToken.START_ARRAY ? countStrings(json) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The number of strings in the current array; empty if it has other elements. */
  private static Optional<Long> countStrings(JsonParser json) {
    long count = 0;
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      count++;
    }
    return json.currentToken() == JsonToken.END_ARRAY ? Optional.of(count) : Optional.empty();
  }

  /** Reads a channel and does not close it. */
  private static final class NonClosingStream extends FilterInputStream {
    NonClosingStream(FileChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public void close() {
      // The owner closes the channel.
    }
  }
}
