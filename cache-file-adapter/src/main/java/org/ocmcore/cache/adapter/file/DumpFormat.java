package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The constants of the format, which {@code docs/dump-format.md} describes. */
final class DumpFormat {
  static final int VERSION = 3;

  /** The oldest version that is read: its blocks do not name their servers. */
  static final int OLDEST_VERSION = 2;

  static final String NAME = "cache-app-dump";

  /** The first bytes of every dump of every version, and of nothing else. */
  static final byte[] HEADER_START = ascii("{\"format\":\"" + NAME + "\",");

  /** The first bytes of the line that ends a block, and of no entry. */
  static final byte[] BLOCK_START = ascii("{\"block\":");

  /** The number of bytes at the end of a block that its checksum does not cover. */
  static final int BLOCK_LINE_END = blockLineEnd(0).length;

  static final byte[] ACCOUNT_START = ascii("{\"account\":");

  static final byte[] TRAILER_START = ascii("{\"entries\":");

  /**
   * The longest line, in bytes. It bounds the memory of readers, and fits every value of a server
   * with an item limit of 24 MiB.
   */
  static final int MAX_LINE = 32 * 1024 * 1024;

  /** The most servers of a dump; the line of a block names one with four digits. */
  static final int MAX_SERVERS = 10_000;

  /** The longest header, in bytes: 419 for each server, and a name has at most 265. */
  static final int MAX_HEADER = 4 * 1024 * 1024;

  /** The longest line of an account, in bytes: 1,677 for each server. */
  static final int MAX_ACCOUNT = 16 * 1024 * 1024;

  /** A block ends as soon as its entries take so many bytes. */
  static final int BLOCK = 1024 * 1024;

  /** The longest segment, in bytes of text. */
  static final int MAX_SEGMENT = MAX_LINE + 2 * BLOCK;

  /** The number of bytes to read or write at once. */
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

  /** The line that ends a block, up to the end of what its checksum covers. */
  static byte[] blockLine(long number, int server, long entries, long bytes) {
    return ascii(String.format(
        Locale.ROOT,
        "{\"block\":%d,\"server\":%d,\"entries\":%d,\"bytes\":%d",
        number,
        server,
        entries,
        bytes));
  }

  /** The rest of the line that ends a block, with its line end, of constant length. */
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
