package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Recache;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Parses responses to meta commands from bytes as they arrive (memcached doc/protocol.txt, "Meta
 * Commands"). It creates a string only for an error, because one pipeline brings millions of
 * responses. For one thread at a time.
 */
final class MetaResponseParser {
  /** Stands for the opaque of a request that has none. */
  static final long NO_OPAQUE = -1;

  /** Stands for the opaque of any request that has no value as its response. */
  static final long ANY_OPAQUE = -2;

  /** Exceeds every line of memcached, including a metadump line whose key has 250 escaped bytes. */
  static final int MAX_LINE_BYTES = 2_048;

  /** Fits most lines; kept small because each command on the shared connection has a parser. */
  private static final int INITIAL_LINE_BYTES = 64;

  /** The maximum of memcached's option {@code -I}. */
  private static final int MAX_VALUE_BYTES = 1024 * 1024 * 1024;

  /** The server stores times as 32-bit numbers. */
  private static final long MAX_TTL = 0xFFFF_FFFFL;

  private static final int INITIAL_VALUE_BYTES = 64 * 1024;
  private static final int MAX_DIGITS = 18;

  /** The index of the first byte after the return code and a space. */
  private static final int FLAGS_INDEX = 3;

  private final ValueBound bound;
  private byte[] line = new byte[INITIAL_LINE_BYTES];
  private int lineFilled;
  private int lineEnd;

  /** The bytes of the value that have arrived; null while a line is parsed. */
  private byte[] value;

  private int valueLength;
  private int valueFilled;
  private long flags;
  private long ttl;
  private long opaque;
  private long cas;
  private Recache recache;

  /** The length of the value by the flag {@code s}, or {@link MetaResponse#ABSENT}. */
  private long size;

  /** Where the repeated key is in the line; both are 0 if there is none. */
  private int keyStart;

  private int keyEnd;
  private boolean isKeyEncoded;

  /** @param bound of the values that the server sends */
  MetaResponseParser(ValueBound bound) {
    this.bound = bound;
  }

  /**
   * Consumes the bytes of at most one response.
   *
   * @param expectedOpaque the opaque of the oldest request without a response, {@link #NO_OPAQUE}
   *     or {@link #ANY_OPAQUE}; the same value until the response is complete
   * @param expectedKey the key of that request, or null if it has none to repeat
   * @return the response, or null if more bytes are needed
   * @throws ProtocolException if the bytes are no response, a response to another request, or a
   *     value that is longer than the server can store or this program can take; the parser cannot
   *     be used any more
   * @throws ServerErrorException if the server rejects the command
   * @throws IOException if the server does not say how large its items are
   */
  MetaResponse parse(ByteBuffer in, long expectedOpaque, CacheKey expectedKey) throws IOException {
    if (value == null) {
      if (!readLine(in)) {
        return null;
      }
      Status status = parseStatus();
      lineFilled = 0;
      if (status == Status.SERVER_ERROR) {
        return MetaResponse.serverError(lineText());
      }
      if (status == Status.NOT_NUMERIC) {
        return status.withoutFlags();
      }
      if (status == Status.METADATA) {
        return MetaResponse.metadata(
            Arrays.copyOfRange(line, Math.min(FLAGS_INDEX, lineEnd), lineEnd));
      }
      if (status == Status.VALUE) {
        if (expectedOpaque == ANY_OPAQUE) {
          throw malformed();
        }
        beginValue();
        requireOpaque(status, expectedOpaque);
        requireKey(expectedKey);
        bound.require(valueLength, expectedKey);
        // Grows as bytes arrive: the announced length may be wrong.
        value = new byte[Math.min(valueLength, INITIAL_VALUE_BYTES)];
      } else {
        parseFlags(FLAGS_INDEX - 1);
        requireOpaque(status, expectedOpaque);
        requireKey(expectedKey);
        return recache == Recache.NONE && ttl == MetaResponse.ABSENT
            ? status.withoutFlags()
            : MetaResponse.withoutValue(status, requireTtl(), cas, recache);
      }
    }
    return readValue(in) ? completeValue() : null;
  }

  private boolean readLine(ByteBuffer in) throws ProtocolException {
    int length = lineFilled;
    while (in.hasRemaining()) {
      byte next = in.get();
      if (next == '\n') {
        lineEnd = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return true;
      }
      if (length == line.length) {
        enlargeLine();
      }
      line[length++] = next;
    }
    lineFilled = length;
    return false;
  }

  private void enlargeLine() throws ProtocolException {
    if (line.length == MAX_LINE_BYTES) {
      throw ProtocolException.of(line, 0, MAX_LINE_BYTES);
    }
    line = Arrays.copyOf(line, Math.min(2 * line.length, MAX_LINE_BYTES));
  }

  private Status parseStatus() throws ProtocolException, ServerErrorException {
    if (lineEnd == 2 || lineEnd > 2 && line[2] == ' ') {
      return switch (line[0] << 8 | line[1]) {
        case 'V' << 8 | 'A' -> Status.VALUE;
        case 'H' << 8 | 'D' -> Status.DONE;
        case 'E' << 8 | 'N' -> Status.MISS;
        case 'N' << 8 | 'S' -> Status.NOT_STORED;
        case 'N' << 8 | 'F' -> Status.NOT_FOUND;
        case 'E' << 8 | 'X' -> Status.EXISTS;
        case 'M' << 8 | 'E' -> Status.METADATA;
        case 'M' << 8 | 'N' -> Status.NO_OP;
        default -> throw malformed();
      };
    }
    String text = lineText();
    if (text.equals(Status.NOT_NUMERIC.code())) {
      return Status.NOT_NUMERIC;
    }
    int space = text.indexOf(' ');
    return switch (space < 0 ? text : text.substring(0, space)) {
      case "SERVER_ERROR" -> Status.SERVER_ERROR;
      case "ERROR", "CLIENT_ERROR" -> throw ServerErrorException.of(text);
      default -> throw malformed();
    };
  }

  private String lineText() {
    return new String(line, 0, lineEnd, StandardCharsets.ISO_8859_1);
  }

  private ProtocolException malformed() {
    return ProtocolException.of(line, 0, lineEnd);
  }

  /**
   * Checks that the response belongs to the request: the server repeats the opaque ("Meta
   * Commands", flag {@code O}). A miss has no opaque before 1.6.18, and a server error has none in
   * any release.
   */
  private void requireOpaque(Status status, long expected) throws ProtocolException {
    boolean isMissWithoutOpaque = status == Status.MISS && opaque == NO_OPAQUE;
    if (opaque != expected
        && expected != ANY_OPAQUE
        && !isMissWithoutOpaque
        && status != Status.NO_OP) {
      throw ProtocolException.forOtherRequest();
    }
  }

  /**
   * Checks that the server carried out the request for the same key ("Meta Commands", flag
   * {@code k}): the opaque alone says nothing about a request that was damaged on its way. A miss
   * has no key before 1.6.18.
   */
  void requireKey(CacheKey expected) throws ProtocolException {
    if (expected != null && keyEnd > 0 && !isKey(expected)) {
      throw ProtocolException.forOtherRequest();
    }
  }

  /** Returns the opaque of the last response that was no server error. */
  long lastOpaque() {
    return opaque;
  }

  private boolean isKey(CacheKey expected) {
    ByteBuffer repeated = ByteBuffer.wrap(line, keyStart, keyEnd - keyStart);
    return isKeyEncoded
        ? repeated.equals(ByteBuffer.wrap(Base64.getEncoder().encode(expected.bytes())))
        : repeated.equals(expected.buffer());
  }

  /** Returns the TTL of a response without a value, which may have none. */
  private long requireTtl() throws ProtocolException {
    if (!isAbsentOrWithin(MetaResponse.FOREVER, ttl, MAX_TTL)) {
      throw malformed();
    }
    return ttl;
  }

  /** Parses {@code VA <length> <flag>*}. */
  private void beginValue() throws ProtocolException {
    int end = wordEnd(FLAGS_INDEX);
    long length = parseNumber(FLAGS_INDEX, end);
    parseFlags(end);
    if (length < 0
        || length > MAX_VALUE_BYTES
        || size != MetaResponse.ABSENT && size != length
        || !isAbsentOrWithin(0, flags, CacheValue.MAX_FLAGS)
        || !isAbsentOrWithin(MetaResponse.FOREVER, ttl, MAX_TTL)
        || cas < 0) {
      throw malformed();
    }
    valueLength = (int) length;
    valueFilled = 0;
  }

  private static boolean isAbsentOrWithin(long min, long number, long max) {
    return number == MetaResponse.ABSENT || number >= min && number <= max;
  }

  /** @param from the index of the space before the first flag, or of the end of the line */
  private void parseFlags(int from) throws ProtocolException {
    flags = MetaResponse.ABSENT;
    ttl = MetaResponse.ABSENT;
    opaque = NO_OPAQUE;
    cas = 0;
    size = MetaResponse.ABSENT;
    keyStart = 0;
    keyEnd = 0;
    isKeyEncoded = false;
    boolean isStale = false;
    boolean hasWon = false;
    boolean isTokenSent = false;
    int end = from;
    while (end < lineEnd) {
      int start = end + 1;
      end = wordEnd(start);
      if (start < end) {
        switch (line[start]) {
          case 'f' -> flags = parseNumber(start + 1, end);
          case 't' -> ttl = parseNumber(start + 1, end);
          case 'c' -> cas = parseNumber(start + 1, end);
          case 'O' -> opaque = parseNumber(start + 1, end);
          case 's' -> size = parseNumber(start + 1, end);
          case 'k' -> {
            keyStart = start + 1;
            keyEnd = end;
          }
          case 'b' -> isKeyEncoded = true;
          case 'X' -> isStale = true;
          case 'W' -> hasWon = true;
          case 'Z' -> isTokenSent = true;
          default -> {}
        }
      }
    }
    recache = Recache.of(isStale, hasWon, isTokenSent);
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < lineEnd && line[end] != ' ') {
      end++;
    }
    return end;
  }

  private long parseNumber(int start, int end) throws ProtocolException {
    boolean negative = start < end && line[start] == '-';
    int first = negative ? start + 1 : start;
    if (first >= end || end - first > MAX_DIGITS) {
      throw malformed();
    }
    long number = 0;
    for (int index = first; index < end; index++) {
      int digit = line[index] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed();
      }
      number = 10 * number + digit;
    }
    return negative ? -number : number;
  }

  private boolean readValue(ByteBuffer in) throws ProtocolException {
    while (valueFilled < valueLength && in.hasRemaining()) {
      if (valueFilled == value.length) {
        value = Arrays.copyOf(value, (int) Math.min(valueLength, 2L * value.length));
      }
      int count = Math.min(in.remaining(), value.length - valueFilled);
      in.get(value, valueFilled, count);
      valueFilled += count;
    }
    while (valueFilled < valueLength + 2 && in.hasRemaining()) {
      if (in.get() != (valueFilled == valueLength ? '\r' : '\n')) {
        throw ProtocolException.withDetail(
            "a value longer than the announced " + valueLength + " bytes");
      }
      valueFilled++;
    }
    return valueFilled == valueLength + 2;
  }

  private MetaResponse completeValue() {
    MetaResponse response = MetaResponse.value(value, flags, ttl, cas, recache);
    value = null;
    return response;
  }
}
