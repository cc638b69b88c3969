package org.ocmcore.cache.adapter.file;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.Utf8;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Builds an entry from the named fields of one line of CSV or NDJSON. Every method throws
 * {@link CorruptDumpException} if a field is wrong; the message names it and says what to do. For
 * one thread.
 */
final class EntryFields {
  static final String KEY = "key";
  static final String KEY_BASE64 = "key_base64";
  static final String VALUE = "value";
  static final String VALUE_BASE64 = "value_base64";
  static final String TTL = "ttl";
  static final String FLAGS = "flags";

  /** All names. */
  static final List<String> NAMES = List.of(KEY, KEY_BASE64, VALUE, VALUE_BASE64, TTL, FLAGS);

  private static final String NEVER = "-1";

  private final Instant now;
  private CacheKey key;
  private byte[] value;
  private long flags;
  private Expiry expiry = Expiry.NEVER;

  /** @param now where the lifetime begins */
  EntryFields(Instant now) {
    this.now = now;
  }

  static void requireKnown(String name) throws CorruptDumpException {
    if (!NAMES.contains(name)) {
      throw new CorruptDumpException("\"%s\" is none of %s: rename or remove it"
          .formatted(shown(name), String.join(", ", NAMES)));
    }
  }

  /** Sets a field. */
  void set(String name, String text) throws CorruptDumpException {
    requireKnown(name);
    try {
      switch (name) {
        case KEY -> setKey(CacheKey.of(text));
        case KEY_BASE64 -> setKey(CacheKey.ofBytes(Base64.getDecoder().decode(text)));
        case VALUE -> setValue(Utf8.encode(text));
        case VALUE_BASE64 -> setValue(Base64.getDecoder().decode(text));
        case TTL -> expiry = expiry(text);
        default -> flags = number(text, 0, CacheValue.MAX_FLAGS);
      }
    } catch (IllegalArgumentException e) {
      throw new CorruptDumpException(
          "%s is \"%s\": %s".formatted(name, shown(text), e.getMessage()));
    }
  }

  private void setKey(CacheKey set) throws CorruptDumpException {
    if (key != null) {
      throw new CorruptDumpException("it has two keys: leave one of key and key_base64");
    }
    key = set;
  }

  void setValue(byte[] set) throws CorruptDumpException {
    if (value != null) {
      throw new CorruptDumpException("it has two values: leave one of value and value_base64");
    }
    value = set;
  }

  boolean hasValue() {
    return value != null;
  }

  private Expiry expiry(String text) {
    return text.equals(NEVER)
        ? Expiry.NEVER
        : Expiry.after(now, new Lifetime(number(text, 1, Lifetime.MAX.toSeconds())));
  }

  /** @throws IllegalArgumentException if it is no whole number within these bounds */
  static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of bounds.
    }
    throw new IllegalArgumentException("it must be a whole number from %d to %d%s"
        .formatted(least, most, least == 1 ? ", or -1 for never" : ""));
  }

  /** At most 40 characters. */
  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** The entry. */
  DumpEntry entry() throws CorruptDumpException {
    if (key == null) {
      throw new CorruptDumpException("it has no key: give key or key_base64");
    }
    if (value == null) {
      throw new CorruptDumpException("it has no value: give value or value_base64");
    }
    return new DumpEntry(
        new CacheEntry(key, CacheValue.wrap(value, flags), expiry), KeyInfo.UNKNOWN);
  }
}
