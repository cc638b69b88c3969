package org.ocmcore.cache.adapter.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.port.DumpHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Parses the first line of a dump. */
final class HeaderLine {
  private long version;
  private String createdAt = "";
  private String product = "";
  private final List<String> servers = new ArrayList<>();

  private HeaderLine() {}

  /** @throws CorruptDumpException if it is not the first line of a dump of this version */
  static DumpHeader parse(byte[] text, int from, int to) throws CorruptDumpException {
    if (to - from > DumpFormat.MAX_HEADER) {
      throw new CorruptDumpException(
          "line 1 has %,d bytes, and may have %,d".formatted(to - from, DumpFormat.MAX_HEADER));
    }
    HeaderLine line = new HeaderLine();
    try (JsonParser json =
        DumpFormat.JSON.createParser(ObjectReadContext.empty(), text, from, to - from)) {
      line.parse(json);
    } catch (JacksonException e) {
      throw new CorruptDumpException("line 1 is not valid JSON");
    }
    requireKnown(line.version);
    return new DumpHeader(time(line.createdAt), line.servers, line.product);
  }

  private void parse(JsonParser json) throws CorruptDumpException {
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
        version = json.getLongValue();
      } else if (name.equals("created_at") && value == JsonToken.VALUE_STRING) {
        createdAt = json.getString();
      } else if (name.equals("product") && value == JsonToken.VALUE_STRING) {
        product = json.getString();
      } else if (name.equals("servers") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          if (servers.size() == DumpFormat.MAX_SERVERS) {
            throw new CorruptDumpException(
                "line 1 names more than %,d servers".formatted(DumpFormat.MAX_SERVERS));
          }
          servers.add(json.getString());
        }
      } else {
        json.skipChildren();
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new CorruptDumpException("line 1 is not a JSON object");
    }
  }

  private static void requireKnown(long version) throws CorruptDumpException {
    if (version > DumpFormat.VERSION) {
      throw CorruptDumpException.coveringWholeFile(
          "it was written by a newer version (format %d; this one reads %d)"
              .formatted(version, DumpFormat.VERSION));
    }
    if (version == 1) {
      throw CorruptDumpException.coveringWholeFile("it is of format 1, which was never released");
    }
    if (version < DumpFormat.OLDEST_VERSION) {
      throw new CorruptDumpException("line 1 has no valid version");
    }
  }

  private static Instant time(String text) throws CorruptDumpException {
    try {
      Instant time = Instant.parse(text);
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 0 && year <= 9999) {
        return time;
      }
    } catch (DateTimeException e) {
      // Reported below.
    }
    throw new CorruptDumpException("line 1 has no valid created_at");
  }
}
