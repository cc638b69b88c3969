package org.ocmcore.cache.adapter.memcached;

import java.time.Clock;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Reads the lines of {@code watch} and tells of them. For one thread.
 *
 * <p>Source: memcached 1.6 logger.c, {@code _logger_parse_ise}, {@code _ee}, {@code _ide} and
 * {@code logger_thread_write_entry}:
 *
 * <ul>
 *   <li>{@code ts=} is in seconds, a point, and microseconds <em>without</em> leading zeros.
 *   <li>{@code ttl=} is what is left, 0 for ever; what is already over is a number just below 2^32.
 *   <li>{@code size=} is the length of the value; whether the item has flags, which take 4 bytes
 *       more unless they are 0, is not told.
 *   <li>A {@code set} that fails for want of room has removed the older item. It is not counted in
 *       {@code cmd_set}, and all other attempts to store are (proto_text.c,
 *       {@code complete_nread_ascii}).
 * </ul>
 */
final class ChangeLines {
  private static final int MICROS = 1_000_000;
  private static final int NONE = -1;

  private final String server;
  private final ServerClock serverClock;
  private final Clock ours;
  private final ChangeListener listener;
  private final Fields fields = new Fields();
  private int time;
  private int key;
  private int status;
  private int command;
  private int ttl;
  private int size;
  private int skipped;

  ChangeLines(String server, ServerClock serverClock, Clock ours, ChangeListener listener) {
    this.server = server;
    this.serverClock = serverClock;
    this.ours = ours;
    this.listener = listener;
  }

  private enum Type {
    NONE,
    STORE,
    DELETION,
    EVICTION,
    OTHER
  }

  /**
   * Tells the listener of a line, unless that is of a type that we do not know.
   *
   * @throws ProtocolException if it is no such line
   */
  void read(byte[] bytes, int from, int to) throws ProtocolException {
    fields.open(bytes, from, to);
    switch (scan()) {
      case STORE -> store();
      case DELETION -> listener.removed(key(), at());
      case EVICTION -> {
        listener.counted(ChangeListener.Kind.EVICTIONS);
        listener.removed(key(), at());
      }
      case OTHER -> {}
      case NONE -> skip();
    }
  }

  /** Finds out where the fields are: which of them matter depends on the type. */
  private Type scan() {
    time = NONE;
    key = NONE;
    status = NONE;
    command = NONE;
    ttl = NONE;
    size = NONE;
    skipped = NONE;
    Type type = Type.NONE;
    do {
      if (fields.has("ts=")) {
        time = fields.position();
      } else if (fields.has("type=")) {
        type = type();
      } else if (fields.has("key=")) {
        key = fields.position();
      } else if (fields.has("status=")) {
        status = fields.position();
      } else if (fields.has("cmd=")) {
        command = fields.position();
      } else if (fields.has("ttl=")) {
        ttl = fields.position();
      } else if (fields.has("size=")) {
        size = fields.position();
      } else if (fields.has("skipped=")) {
        skipped = fields.position();
      }
      fields.skip();
    } while (fields.next());
    return type;
  }

  private Type type() {
    if (fields.is("item_store")) {
      return Type.STORE;
    }
    if (fields.is("eviction")) {
      return Type.EVICTION;
    }
    return fields.is("deleted") ? Type.DELETION : Type.OTHER;
  }

  private void goTo(int field) throws ProtocolException {
    if (field == NONE) {
      throw fields.rubbish();
    }
    fields.returnTo(field);
  }

  private CacheKey key() throws ProtocolException {
    goTo(key);
    return fields.key();
  }

  /** When it was, by our clock: never later than now, however the two differ. */
  private Instant at() throws ProtocolException {
    goTo(time);
    long second = fields.digits();
    if (!fields.has(".")) {
      throw fields.rubbish();
    }
    long micros = fields.number();
    if (micros >= MICROS) {
      throw fields.rubbish();
    }
    Instant told = Instant.ofEpochSecond(serverClock.ours(second), 1_000 * micros);
    Instant now = ours.instant();
    return told.isAfter(now) ? now : told;
  }

  private void store() throws ProtocolException {
    goTo(status);
    if (fields.is("too_large") || fields.is("no_memory")) {
      goTo(command);
      if (fields.is("set")) {
        listener.removed(key(), at());
      }
      return;
    }
    listener.counted(ChangeListener.Kind.MUTATIONS);
    if (fields.is("stored")) {
      stored();
    }
  }

  private void stored() throws ProtocolException {
    CacheKey stored = key();
    Instant at = at();
    goTo(ttl);
    long left = fields.number();
    if (left > Integer.MAX_VALUE) {
      listener.removed(stored, at);
      return;
    }
    goTo(size);
    long itemSize = ItemSize.of(stored, fields.number(), false);
    if (itemSize > KeyInfo.MAX_SIZE) {
      throw fields.rubbish();
    }
    long second = at.getEpochSecond();
    Expiry expiry = left == 0 ? Expiry.NEVER : new Expiry(second + left);
    listener.stored(new KeyInfo(stored, expiry, itemSize, second, false, server), at);
  }

  private void skip() throws ProtocolException {
    goTo(skipped);
    listener.skipped(fields.number());
  }
}
