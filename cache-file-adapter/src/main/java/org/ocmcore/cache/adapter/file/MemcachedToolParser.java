package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Parses storage commands (memcached doc/protocol.txt, "Storage commands"), as
 * {@code memcached-tool HOST dump} prints them: {@code add KEY FLAGS EXPTIME BYTES}, then the
 * value.
 */
final class MemcachedToolParser implements ForeignParser {
  private static final int MAX_COMMAND = 1_024;
  private static final int KEY = 1;
  private static final int FLAGS = 2;
  private static final int EXPTIME = 3;
  private static final int BYTES = 4;

  /** Up to 30 days it is relative (doc/protocol.txt, "Expiration times"). */
  private static final long MAX_RELATIVE_SECONDS = 30L * 24 * 3600;

  private final LineInput in;
  private final Instant now;

  MemcachedToolParser(InputStream text, Instant now) {
    this.in = new LineInput(text);
    this.now = now;
  }

  @Override
  public DumpEntry next() throws IOException {
    byte[] command = in.readLine(MAX_COMMAND);
    if (command == null) {
      return null;
    }
    long line = in.line();
    String[] words = new String(command, StandardCharsets.ISO_8859_1).split(" ", -1);
    if (words.length != BYTES + 1 || !words[0].equals("add") && !words[0].equals("set")) {
      throw ForeignParser.at(
          line, "it is not \"add KEY FLAGS EXPTIME BYTES\": dump again with memcached-tool");
    }
    CacheKey key = key(line, words[KEY]);
    long flags = number(line, "FLAGS", words[FLAGS], CacheValue.MAX_FLAGS);
    Expiry expiry = expiry(number(line, "EXPTIME", words[EXPTIME], Integer.MAX_VALUE));
    int length = (int) number(line, "BYTES", words[BYTES], DumpFormat.MAX_LINE);
    CacheValue value = CacheValue.wrap(value(line, length), flags);
    return new DumpEntry(new CacheEntry(key, value, expiry), KeyInfo.UNKNOWN);
  }

  private static CacheKey key(long line, String word) throws CorruptDumpException {
    try {
      return CacheKey.ofBytes(word.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw ForeignParser.at(line, e.getMessage());
    }
  }

  private static long number(long line, String field, String word, long most)
      throws CorruptDumpException {
    try {
      return EntryFields.number(word, 0, most);
    } catch (IllegalArgumentException e) {
      throw ForeignParser.at(line, "%s is \"%s\": %s".formatted(field, word, e.getMessage()));
    }
  }

  private Expiry expiry(long time) {
    if (time == 0) {
      return Expiry.NEVER;
    }
    return time <= MAX_RELATIVE_SECONDS ? Expiry.at(now.plusSeconds(time)) : new Expiry(time);
  }

  private byte[] value(long line, int length) throws IOException {
    byte[] bytes = in.read(length + 2);
    if (bytes.length < length + 2) {
      throw ForeignParser.at(
          line,
          "BYTES is %d, and the file ends after %d: it is cut off; dump again"
              .formatted(length, Math.min(bytes.length, length)));
    }
    if (bytes[length] != '\r' || bytes[length + 1] != '\n') {
      throw ForeignParser.at(
          line,
          "BYTES is %d, and no line ends there: the value was changed; dump again"
              .formatted(length));
    }
    return Arrays.copyOf(bytes, length);
  }
}
