package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the first line says, of a dump of the version that is known here. */
record DumpHeader(Instant createdAt) {
  /**
   * Whether a file begins as every dump of ours does. Leaves the position alone.
   *
   * @throws Damaged if it does not; says what the file may be
   */
  static void require(FileChannel channel) throws IOException {
    byte[] first = firstBytes(channel);
    if (Arrays.equals(first, DumpFormat.HEADER_START)) {
      return;
    }
    if (first.length == 0) {
      throw new Damaged("it is empty");
    }
    if (first[0] == '[') {
      throw new Damaged("it is a JSON list, as older systems wrote it: a list of keys has no values"
          + " to restore");
    }
    throw new Damaged("line 1 is not the first line of a dump");
  }

  /** Whether a file begins as every dump of ours does. Leaves the position alone. */
  static boolean isOn(FileChannel channel) throws IOException {
    return Arrays.equals(firstBytes(channel), DumpFormat.HEADER_START);
  }

  private static byte[] firstBytes(FileChannel channel) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(DumpFormat.HEADER_START.length);
    while (first.hasRemaining() && channel.read(first, first.position()) >= 0) {}
    return Arrays.copyOf(first.array(), first.position());
  }

  /** When a file says that it was made, if its first line can be read. Moves the position. */
  static Optional<Instant> createdAt(FileChannel channel) throws IOException {
    try {
      channel.position(0);
      require(channel);
      LineSource lines = new LineSource(channel);
      return lines.advance() ? Optional.of(read(lines).createdAt) : Optional.empty();
    } catch (Damaged unreadable) {
      return Optional.empty();
    }
  }

  /** Reads the line that the source is at. */
  static DumpHeader read(LineSource lines) throws Damaged {
    long version = 0;
    String createdAt = "";
    try (JsonParser json = lines.json()) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
          version = json.getLongValue();
        } else if (name.equals("created_at") && value == JsonToken.VALUE_STRING) {
          createdAt = json.getString();
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new Damaged("line 1 is not a JSON object");
      }
    } catch (JacksonException e) {
      throw new Damaged("line 1 is not valid JSON");
    }
    requireKnown(version);
    return new DumpHeader(time(createdAt));
  }

  private static void requireKnown(long version) throws Damaged {
    if (version > DumpFormat.VERSION) {
      throw new Damaged("it was written by a newer version (format %d; this one reads %d)"
          .formatted(version, DumpFormat.VERSION));
    }
    if (version != DumpFormat.VERSION) {
      throw new Damaged("line 1 has no valid version");
    }
  }

  private static Instant time(String text) throws Damaged {
    try {
      Instant time = Instant.parse(text);
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 0 && year <= 9999) {
        return time;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw new Damaged("line 1 has no valid created_at");
  }
}
