package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A contiguous range of a dump file: the header, a block with a valid checksum, account and
 * trailer, or damaged bytes.
 *
 * @param text holds the text from {@code from} to {@code to}, which is empty for
 *     {@link Kind#DAMAGE}; valid until the next segment is read
 * @param fileFrom the offset of the first byte in the file
 * @param fileTo the offset behind the last byte
 * @param reason why it is damaged; empty if it is not
 */
record Segment(
    Kind kind, byte[] text, int from, int to, long fileFrom, long fileTo, String reason) {
  private static final Pattern BLOCK_LINE = Pattern.compile(
      "\\{\"block\":([1-9]\\d{0,17}),(?:\"server\":(\\d{1,4}),)?\"entries\":([1-9]\\d{0,8}),\"bytes\":([1-9]\\d{0,8}),\"crc32c\":\"([0-9a-f]{8})\"}\n");

  private static final byte[] NOTHING = {};

  /** What the range holds. */
  enum Kind {
    HEADER,
    BLOCK,
    END,
    DAMAGE
  }

  static Segment damage(long fileFrom, long fileTo, String reason) {
    return new Segment(Kind.DAMAGE, NOTHING, 0, 0, fileFrom, fileTo, reason);
  }

  /**
   * The last line of a block.
   *
   * @param server the index in the header of the server that its entries come from; empty if
   *     unknown
   * @param bytes the length of the entries before it
   */
  record BlockLine(long number, OptionalInt server, int entries, int bytes, int crc32c) {
    /** The parsed line with its line end; empty if it is not exactly of the format. */
    static Optional<BlockLine> parse(byte[] text, int from, int to) {
      String line = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
      Matcher matcher = BLOCK_LINE.matcher(line);
      return matcher.matches()
          ? Optional.of(new BlockLine(
              Long.parseLong(matcher.group(1)),
              matcher.group(2) == null
                  ? OptionalInt.empty()
                  : OptionalInt.of(Integer.parseInt(matcher.group(2))),
              Integer.parseInt(matcher.group(3)),
              Integer.parseInt(matcher.group(4)),
              Integer.parseUnsignedInt(matcher.group(5), 16)))
          : Optional.empty();
    }

    /**
     * Whether the entries before it have its length and its checksum.
     *
     * @param from the position of the first entry
     * @param line the position of this line
     * @param to the position behind this line
     */
    boolean matches(byte[] text, int from, int line, int to) {
      if (from < 0 || line - from != bytes) {
        return false;
      }
      CRC32C crc = new CRC32C();
      crc.update(text, from, to - DumpFormat.BLOCK_LINE_END - from);
      return (int) crc.getValue() == crc32c;
    }
  }

  /** The position of the last line of a text that ends with a line end. */
  static int lastLine(byte[] text, int from, int to) {
    int at = to - 1;
    while (at > from && text[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
