package org.ocmcore.cache.adapter.memcached;

import java.time.Clock;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Parses the lines of {@code watch} and reports them to a listener. For one thread.
 *
 * <p>Source: memcached 1.6 logger.c, {@code _logger_parse_ise}, {@code _ee}, {@code _ide} and
 * {@code logger_thread_write_entry}:
 *
 * <ul>
 *   <li>{@code ts=} is seconds, a point, and microseconds <em>without</em> leading zeros.
 *   <li>{@code ttl=} is the remaining TTL in seconds, 0 without an expiry. It is a number just
 *       below 2^32 if the item has already expired.
 *   <li>{@code size=} is the length of the value. The line does not say whether the item has flags,
 *       which take 4 bytes more unless they are 0.
 *   <li>A {@code set} that fails for lack of memory has removed the older item. It is not counted
 *       in {@code cmd_set}; all other attempts to store are (proto_text.c,
 *       {@code complete_nread_ascii}).
 * </ul>
 */
final class WatchLineParser {
  private static final int MICROS = 1_000_000;
  private static final int ABSENT = -1;

  private final String server;
  private final ServerClock serverClock;
  private final Clock localClock;
  private final ChangeListener listener;
  private final FieldScanner fields = new FieldScanner();
  private int timePosition;
  private int keyPosition;
  private int statusPosition;
  private int commandPosition;
  private int ttlPosition;
  private int sizePosition;
  private int skippedPosition;

  WatchLineParser(
      String server, ServerClock serverClock, Clock localClock, ChangeListener listener) {
    this.server = server;
    this.serverClock = serverClock;
    this.localClock = localClock;
    this.listener = listener;
  }

  private enum Type {
    /** A line without a type, which counts skipped lines. */
    NONE,
    STORE,
    DELETION,
    EVICTION,
    OTHER
  }

  /**
   * Reports a line to the listener; ignores lines of unknown types.
   *
   * @throws ProtocolException if the line is malformed
   */
  void parse(byte[] bytes, int from, int to) throws ProtocolException {
    fields.reset(bytes, from, to);
    switch (locateFields()) {
      case STORE -> reportStore();
      case DELETION -> listener.removed(parseKey(), parseTime());
      case EVICTION -> {
        listener.counted(ChangeListener.Kind.EVICTIONS);
        listener.evicted(parseKey(), parseTime());
      }
      case OTHER -> {}
      case NONE -> reportSkipped();
    }
  }

  /** Stores the positions of all fields, because the type decides which of them count. */
  private Type locateFields() {
    timePosition = ABSENT;
    keyPosition = ABSENT;
    statusPosition = ABSENT;
    commandPosition = ABSENT;
    ttlPosition = ABSENT;
    sizePosition = ABSENT;
    skippedPosition = ABSENT;
    Type type = Type.NONE;
    do {
      if (fields.skipPrefix("ts=")) {
        timePosition = fields.position();
      } else if (fields.skipPrefix("type=")) {
        type = parseType();
      } else if (fields.skipPrefix("key=")) {
        keyPosition = fields.position();
      } else if (fields.skipPrefix("status=")) {
        statusPosition = fields.position();
      } else if (fields.skipPrefix("cmd=")) {
        commandPosition = fields.position();
      } else if (fields.skipPrefix("ttl=")) {
        ttlPosition = fields.position();
      } else if (fields.skipPrefix("size=")) {
        sizePosition = fields.position();
      } else if (fields.skipPrefix("skipped=")) {
        skippedPosition = fields.position();
      }
      fields.skipField();
    } while (fields.nextField());
    return type;
  }

  private Type parseType() {
    if (fields.skipValue("item_store")) {
      return Type.STORE;
    }
    if (fields.skipValue("eviction")) {
      return Type.EVICTION;
    }
    return fields.skipValue("deleted") ? Type.DELETION : Type.OTHER;
  }

  private void seek(int field) throws ProtocolException {
    if (field == ABSENT) {
      throw fields.malformed();
    }
    fields.seek(field);
  }

  private CacheKey parseKey() throws ProtocolException {
    seek(keyPosition);
    return fields.parseKey();
  }

  /** Returns the time of the change by the local clock, never later than now. */
  private Instant parseTime() throws ProtocolException {
    seek(timePosition);
    long second = fields.parseDigits();
    if (!fields.skipPrefix(".")) {
      throw fields.malformed();
    }
    long micros = fields.parseNumber();
    if (micros >= MICROS) {
      throw fields.malformed();
    }
    Instant reported = Instant.ofEpochSecond(serverClock.toLocal(second), 1_000 * micros);
    Instant now = localClock.instant();
    return reported.isAfter(now) ? now : reported;
  }

  private void reportStore() throws ProtocolException {
    seek(statusPosition);
    if (fields.skipValue("too_large") || fields.skipValue("no_memory")) {
      seek(commandPosition);
      if (fields.skipValue("set")) {
        listener.removed(parseKey(), parseTime());
      }
      return;
    }
    listener.counted(ChangeListener.Kind.MUTATIONS);
    if (fields.skipValue("stored")) {
      reportStored();
    }
  }

  private void reportStored() throws ProtocolException {
    CacheKey key = parseKey();
    Instant time = parseTime();
    seek(ttlPosition);
    long remainingSeconds = fields.parseNumber();
    if (remainingSeconds > Integer.MAX_VALUE) {
      listener.removed(key, time);
      return;
    }
    seek(sizePosition);
    long itemSize = ItemSize.of(key, fields.parseNumber(), false);
    if (itemSize > KeyInfo.MAX_SIZE) {
      throw fields.malformed();
    }
    long second = time.getEpochSecond();
    Expiry expiry = remainingSeconds == 0 ? Expiry.NEVER : new Expiry(second + remainingSeconds);
    listener.stored(new KeyInfo(key, expiry, itemSize, second, false, server), time);
  }

  private void reportSkipped() throws ProtocolException {
    seek(skippedPosition);
    listener.skipped(fields.parseNumber());
  }
}
