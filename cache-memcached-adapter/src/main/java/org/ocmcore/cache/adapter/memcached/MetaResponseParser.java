package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheValue;

/**
 * Puts answers together from bytes as they come. It makes texts of what is refused only, since
 * millions of answers come in a row. For one thread at a time.
 */
final class MetaResponseParser {
  /** Of a request whose answer repeats no number. */
  static final long UNNUMBERED = -1;

  /** Longer than any line of memcached, also that of a walk with a key of 250 escaped bytes. */
  static final int MAX_LINE = 2_048;

  /** Room for most lines, since there may be a parser for each answer. */
  private static final int FIRST_LINE = 64;

  /** The most that memcached's {@code -I} allows. */
  private static final int MAX_VALUE = 1024 * 1024 * 1024;

  /** Times are 32-bit numbers on the server. */
  private static final long MAX_TTL = 0xFFFF_FFFFL;

  private static final int FIRST_CHUNK = 64 * 1024;
  private static final int MAX_DIGITS = 18;

  /** Where a line goes on behind its first word and a space. */
  private static final int FLAGS_AT = 3;

  private byte[] line = new byte[FIRST_LINE];
  private int lineLength;
  private int lineEnd;

  /** What is there of the value, or null while a line is read. */
  private byte[] value;

  private int valueLength;
  private int filled;
  private long flags;
  private long ttl;
  private long opaque;

  /**
   * Takes what it needs for one answer.
   *
   * @param number of the request that comes next by the order of answers, or {@link #UNNUMBERED};
   *     the same until the answer is complete
   * @return the answer, or null if it is not complete yet
   * @throws ProtocolException if this cannot become an answer, or is one to another request; the
   *     parser is useless then
   * @throws ServerErrorException if the server did not accept the command
   */
  MetaResponse parse(ByteBuffer in, long number) throws ProtocolException, ServerErrorException {
    if (value == null) {
      if (!fillLine(in)) {
        return null;
      }
      Status status = status();
      lineLength = 0;
      if (status == Status.REFUSED) {
        return MetaResponse.refused(text());
      }
      if (status == Status.FOUND) {
        return MetaResponse.found(Arrays.copyOfRange(line, Math.min(FLAGS_AT, lineEnd), lineEnd));
      }
      if (status == Status.VALUE) {
        expectValue();
        requireNumber(status, number);
      } else {
        readFlags(FLAGS_AT - 1);
        requireNumber(status, number);
        return status.bare();
      }
    }
    return fillValue(in) ? complete() : null;
  }

  private boolean fillLine(ByteBuffer in) throws ProtocolException {
    int length = lineLength;
    while (in.hasRemaining()) {
      byte next = in.get();
      if (next == '\n') {
        lineEnd = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return true;
      }
      if (length == line.length) {
        growLine();
      }
      line[length++] = next;
    }
    lineLength = length;
    return false;
  }

  private void growLine() throws ProtocolException {
    if (line.length == MAX_LINE) {
      throw ProtocolException.of(line, 0, MAX_LINE);
    }
    line = Arrays.copyOf(line, Math.min(2 * line.length, MAX_LINE));
  }

  private Status status() throws ProtocolException, ServerErrorException {
    if (lineEnd == 2 || lineEnd > 2 && line[2] == ' ') {
      return switch (line[0] << 8 | line[1]) {
        case 'V' << 8 | 'A' -> Status.VALUE;
        case 'H' << 8 | 'D' -> Status.DONE;
        case 'E' << 8 | 'N' -> Status.MISS;
        case 'N' << 8 | 'S' -> Status.NOT_STORED;
        case 'N' << 8 | 'F' -> Status.NOT_FOUND;
        case 'M' << 8 | 'E' -> Status.FOUND;
        case 'M' << 8 | 'N' -> Status.NOTHING;
        default -> throw rubbish();
      };
    }
    String text = text();
    int space = text.indexOf(' ');
    return switch (space < 0 ? text : text.substring(0, space)) {
      case "SERVER_ERROR" -> Status.REFUSED;
      case "ERROR", "CLIENT_ERROR" -> throw ServerErrorException.saying(text);
      default -> throw rubbish();
    };
  }

  private String text() {
    return new String(line, 0, lineEnd, StandardCharsets.ISO_8859_1);
  }

  private ProtocolException rubbish() {
    return ProtocolException.of(line, 0, lineEnd);
  }

  /**
   * Each answer belongs to its request: the opaque comes back ("Meta Commands", flag {@code O}). A
   * miss comes without it before 1.6.18, and a refusal from every version.
   */
  private void requireNumber(Status status, long number) throws ProtocolException {
    boolean isBareMiss = status == Status.MISS && opaque == UNNUMBERED;
    if (opaque != number && !isBareMiss && status != Status.NOTHING) {
      throw ProtocolException.toAnotherRequest();
    }
  }

  /** Reads {@code VA <length> <flag>*}. */
  private void expectValue() throws ProtocolException {
    int end = wordEnd(FLAGS_AT);
    long length = number(FLAGS_AT, end);
    readFlags(end);
    if (length < 0
        || length > MAX_VALUE
        || flags < 0
        || flags > CacheValue.MAX_FLAGS
        || ttl < MetaResponse.FOREVER
        || ttl > MAX_TTL) {
      throw rubbish();
    }
    valueLength = (int) length;
    filled = 0;
    // Grows as the bytes come: what a line promises is not yet there.
    value = new byte[Math.min(valueLength, FIRST_CHUNK)];
  }

  /** @param from the space before the first flag, or the end of the line */
  private void readFlags(int from) throws ProtocolException {
    flags = -1;
    ttl = Long.MIN_VALUE;
    opaque = UNNUMBERED;
    int end = from;
    while (end < lineEnd) {
      int start = end + 1;
      end = wordEnd(start);
      if (start < end) {
        switch (line[start]) {
          case 'f' -> flags = number(start + 1, end);
          case 't' -> ttl = number(start + 1, end);
          case 'O' -> opaque = number(start + 1, end);
          default -> {}
        }
      }
    }
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < lineEnd && line[end] != ' ') {
      end++;
    }
    return end;
  }

  private long number(int start, int end) throws ProtocolException {
    boolean negative = start < end && line[start] == '-';
    int first = negative ? start + 1 : start;
    if (first >= end || end - first > MAX_DIGITS) {
      throw rubbish();
    }
    long number = 0;
    for (int at = first; at < end; at++) {
      int digit = line[at] - '0';
      if (digit < 0 || digit > 9) {
        throw rubbish();
      }
      number = 10 * number + digit;
    }
    return negative ? -number : number;
  }

  private boolean fillValue(ByteBuffer in) throws ProtocolException {
    while (filled < valueLength && in.hasRemaining()) {
      if (filled == value.length) {
        value = Arrays.copyOf(value, (int) Math.min(valueLength, 2L * value.length));
      }
      int taken = Math.min(in.remaining(), value.length - filled);
      in.get(value, filled, taken);
      filled += taken;
    }
    while (filled < valueLength + 2 && in.hasRemaining()) {
      if (in.get() != (filled == valueLength ? '\r' : '\n')) {
        throw ProtocolException.described(
            "a value that is longer than the " + valueLength + " bytes it said");
      }
      filled++;
    }
    return filled == valueLength + 2;
  }

  private MetaResponse complete() {
    MetaResponse answer = MetaResponse.value(value, flags, ttl);
    value = null;
    return answer;
  }
}
