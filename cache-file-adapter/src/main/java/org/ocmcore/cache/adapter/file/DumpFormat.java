package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** What writing and reading a dump have in common: {@code docs/dump-format.md}, as constants. */
final class DumpFormat {
  static final int VERSION = 2;
  static final String NAME = "cache-app-dump";

  /** Every dump of every version begins with these bytes, and nothing else does. */
  static final byte[] HEADER_START = ascii("{\"format\":\"" + NAME + "\",");

  /** No entry begins with these bytes. */
  static final byte[] BLOCK_START = ascii("{\"block\":");

  /** How many bytes at the end of a block its checksum does not cover. */
  static final int BLOCK_LINE_END = blockLineEnd(0).length;

  static final byte[] ACCOUNT_START = ascii("{\"account\":");

  static final byte[] TRAILER_START = ascii("{\"entries\":");

  /**
   * The longest line, in bytes. It bounds what a reader holds in memory, and fits every value of a
   * server with an item limit of 24 MiB.
   */
  static final int MAX_LINE = 32 * 1024 * 1024;

  /** A block ends when its entries take so many bytes. */
  static final int BLOCK = 1024 * 1024;

  /** No part of a dump that stands for itself is longer: a block, or what comes before or after. */
  static final int MAX_PART = MAX_LINE + 2 * BLOCK;

  /** Bytes that go to or come from a file at once. */
  static final int CHUNK = 64 * 1024;

  static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(MAX_LINE)
          .maxNumberLength(20)
          .maxNameLength(100)
          .maxNestingDepth(8)
          .build())
      .build();

  private DumpFormat() {}

  /** The line that ends a block, as far as its checksum covers it, too. */
  static byte[] blockLine(long number, long entries, long bytes) {
    return ascii(String.format(
        Locale.ROOT, "{\"block\":%d,\"entries\":%d,\"bytes\":%d", number, entries, bytes));
  }

  /** The rest of the line that ends a block, with its line end: always so many bytes. */
  static byte[] blockLineEnd(int crc32c) {
    return ascii(String.format(Locale.ROOT, ",\"crc32c\":\"%08x\"}\n", crc32c));
  }

  /** The last line, with its line end. */
  static byte[] trailer(long entries, long bytes, String sha256) {
    return ascii(String.format(
        Locale.ROOT, "{\"entries\":%d,\"bytes\":%d,\"sha256\":\"%s\"}\n", entries, bytes, sha256));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
