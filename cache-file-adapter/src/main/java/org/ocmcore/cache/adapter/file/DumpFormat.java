package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** What writing and reading a dump have in common: {@code docs/dump-format.md}, as constants. */
final class DumpFormat {
  static final int VERSION = 1;
  static final String NAME = "cache-app-dump";

  /** Every dump of every version begins with these bytes, and nothing else does. */
  static final byte[] HEADER_START = ascii("{\"format\":\"" + NAME + "\",");

  /** No other line begins with these bytes. */
  static final byte[] TRAILER_START = ascii("{\"entries\":");

  /**
   * The longest line, in bytes. It bounds what a reader holds in memory, and fits every value of a
   * server with an item limit of 5 MiB, and up to 24 MiB of binary ones.
   */
  static final int MAX_LINE = 32 * 1024 * 1024;

  /** Bytes that go to or come from a file at once. */
  static final int CHUNK = 64 * 1024;

  static final JsonFactory JSON = JsonFactory.builder()
      .rootValueSeparator("\n")
      .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(MAX_LINE)
          .maxNumberLength(20)
          .maxNameLength(100)
          .maxNestingDepth(8)
          .build())
      .build();

  private DumpFormat() {}

  /** The last line, with its line end. */
  static byte[] trailer(long entries, long bytes, String sha256) {
    return ascii(
        "{\"entries\":%d,\"bytes\":%d,\"sha256\":\"%s\"}\n".formatted(entries, bytes, sha256));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
