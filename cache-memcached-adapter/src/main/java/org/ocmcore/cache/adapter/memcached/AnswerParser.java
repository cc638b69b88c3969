package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ocmcore.cache.adapter.memcached.Answer.Status;
import org.ocmcore.cache.domain.entry.CacheValue;

/** Puts answers together from bytes as they come. For one thread at a time. */
final class AnswerParser {
  /** Longer than any line of memcached, also that of a walk with a key of 250 escaped bytes. */
  static final int MAX_LINE = 2_048;

  /** The most that memcached's {@code -I} allows. */
  private static final int MAX_VALUE = 1024 * 1024 * 1024;

  /** Times are 32-bit numbers on the server. */
  private static final long MAX_TTL = 0xFFFF_FFFFL;

  private static final int FIRST_CHUNK = 64 * 1024;

  private final byte[] line = new byte[MAX_LINE];
  private int lineLength;
  private Answer head;
  private byte[] value;
  private int valueLength;
  private int filled;

  /**
   * Takes what it needs for one answer.
   *
   * @return the answer, or null if it is not complete yet
   * @throws Rubbish if this cannot become an answer; the parser is useless then
   * @throws Refusal if the server did not accept the command
   */
  Answer parse(ByteBuffer in) throws Rubbish, Refusal {
    while (in.hasRemaining()) {
      if (head != null) {
        if (fillValue(in)) {
          return complete();
        }
        continue;
      }
      byte next = in.get();
      if (next != '\n') {
        append(next);
        continue;
      }
      Answer answer = readLine();
      lineLength = 0;
      if (answer.status() != Status.VALUE) {
        return answer;
      }
      expectValue(answer);
    }
    return null;
  }

  private void append(byte next) throws Rubbish {
    if (lineLength == MAX_LINE) {
      throw Rubbish.of(line, 0, lineLength);
    }
    line[lineLength++] = next;
  }

  private Answer readLine() throws Rubbish, Refusal {
    int end = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
    String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
    int space = text.indexOf(' ');
    return switch (space < 0 ? text : text.substring(0, space)) {
      case "VA" -> value(text);
      case "HD" -> Answer.without(Status.DONE, text);
      case "EN" -> Answer.without(Status.MISS, text);
      case "NS" -> Answer.without(Status.NOT_STORED, text);
      case "NF" -> Answer.without(Status.NOT_FOUND, text);
      case "SERVER_ERROR" -> Answer.without(Status.REFUSED, text);
      case "ERROR", "CLIENT_ERROR" -> throw Refusal.saying(text);
      default -> throw Rubbish.of(text);
    };
  }

  private static Answer value(String line) throws Rubbish {
    String[] words = line.split(" ");
    long flags = -1;
    long ttl = Long.MIN_VALUE;
    for (int i = 2; i < words.length; i++) {
      if (words[i].startsWith("f")) {
        flags = number(line, words[i].substring(1));
      } else if (words[i].startsWith("t")) {
        ttl = number(line, words[i].substring(1));
      }
    }
    if (flags < 0 || flags > CacheValue.MAX_FLAGS || ttl < Answer.FOREVER || ttl > MAX_TTL) {
      throw Rubbish.of(line);
    }
    return new Answer(Status.VALUE, line, new byte[0], flags, ttl);
  }

  private void expectValue(Answer answer) throws Rubbish {
    String[] words = answer.line().split(" ", 3);
    long length = number(answer.line(), words.length < 2 ? "" : words[1]);
    if (length < 0 || length > MAX_VALUE) {
      throw Rubbish.of(answer.line());
    }
    head = answer;
    valueLength = (int) length;
    filled = 0;
    // Grows as the bytes come: what a line promises is not yet there.
    value = new byte[Math.min(valueLength + 2, FIRST_CHUNK)];
  }

  private static long number(String line, String digits) throws Rubbish {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw Rubbish.of(line);
    }
  }

  private boolean fillValue(ByteBuffer in) throws Rubbish {
    int wanted = valueLength + 2;
    if (filled == value.length) {
      value = Arrays.copyOf(value, (int) Math.min(wanted, 2L * value.length));
    }
    int taken = Math.min(in.remaining(), value.length - filled);
    in.get(value, filled, taken);
    filled += taken;
    if (filled < wanted) {
      return false;
    }
    if (value[valueLength] != '\r' || value[valueLength + 1] != '\n') {
      throw Rubbish.described("a value that is longer than the " + valueLength + " bytes it said");
    }
    return true;
  }

  private Answer complete() {
    Answer answer = new Answer(
        Status.VALUE, head.line(), Arrays.copyOf(value, valueLength), head.flags(), head.ttl());
    head = null;
    value = null;
    return answer;
  }
}
