package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A part of a dump that stands for itself: the header, a block whose checksum holds, account and
 * trailer, or a place that is none of these.
 *
 * @param text the text of all sorts but {@link Sort#DAMAGE}, from {@code from} to {@code to}; valid
 *     until the next piece is read
 * @param fileFrom the first byte in the file
 * @param fileTo the byte behind the last
 * @param reason why it is damaged
 */
record Segment(
    Sort sort, byte[] text, int from, int to, long fileFrom, long fileTo, String reason) {
  private static final Pattern BLOCK_LINE = Pattern.compile(
      "\\{\"block\":([1-9]\\d{0,17}),\"entries\":([1-9]\\d{0,8}),\"bytes\":([1-9]\\d{0,8}),\"crc32c\":\"([0-9a-f]{8})\"}\n");

  private static final byte[] NOTHING = {};

  /** What it is. */
  enum Sort {
    HEADER,
    BLOCK,
    END,
    DAMAGE
  }

  static Segment damage(long fileFrom, long fileTo, String reason) {
    return new Segment(Sort.DAMAGE, NOTHING, 0, 0, fileFrom, fileTo, reason);
  }

  /**
   * What the line at the end of a block says.
   *
   * @param bytes of the lines before it that belong to it
   */
  record BlockLine(long number, int entries, int bytes, int crc32c) {
    /** Reads it, if the bytes are exactly such a line with its end. */
    static Optional<BlockLine> read(byte[] text, int from, int to) {
      String line = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
      Matcher matcher = BLOCK_LINE.matcher(line);
      return matcher.matches()
          ? Optional.of(new BlockLine(
              Long.parseLong(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              Integer.parseUnsignedInt(matcher.group(4), 16)))
          : Optional.empty();
    }

    /**
     * Whether the bytes before it are those that belong to it.
     *
     * @param line where it begins
     * @param to where it ends
     */
    boolean closes(byte[] text, int from, int line, int to) {
      if (from < 0 || line - from != bytes) {
        return false;
      }
      CRC32C crc = new CRC32C();
      crc.update(text, from, to - DumpFormat.BLOCK_LINE_END - from);
      return (int) crc.getValue() == crc32c;
    }
  }

  /** Where the last line of some text begins, which ends in a line end. */
  static int lastLine(byte[] text, int from, int to) {
    int at = to - 1;
    while (at > from && text[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  static boolean begins(byte[] text, int from, int to, byte[] start) {
    return to - from >= start.length
        && Arrays.equals(text, from, from + start.length, start, 0, start.length);
  }
}
