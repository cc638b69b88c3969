package org.ocmcore.cache.domain.index;

import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * What is known of a copy of a key, in four ints: when it expires, when it was last accessed (both
 * in seconds since the epoch, unsigned, up to the year 2106), its size in bytes (unsigned), and a
 * tag. The tag holds the server's number, the number of the walk that met it last, and marks.
 *
 * <p>Of a copy that is {@link #TOMBSTONE} the first two ints are the moment of its removal instead,
 * in microseconds since the epoch.
 */
final class KeyMetadata {
  /** How many ints there are. */
  static final int COUNT = 4;

  static final int EXPIRY = 0;
  static final int ACCESS = 1;
  static final int SIZE = 2;
  static final int TAG = 3;

  /** An {@link #EXPIRY} that never comes. */
  static final int NEVER = -1;

  /** An {@link #ACCESS} that the store cannot tell. */
  static final int UNKNOWN = -1;

  /** Its value was read since it was stored. */
  static final int FETCHED = 1;

  /** Another server holds the key, too, and that is the one where it belongs. */
  static final int MISPLACED = 1 << 1;

  /** It was removed; kept so that older news of it are known to be old. */
  static final int TOMBSTONE = 1 << 2;

  /** Told by an event since the walk began whose number it has, not met by that walk. */
  static final int EVENT = 1 << 3;

  /** Walks are numbered modulo this: one that met a key so many walks ago is long forgotten. */
  static final int WALKS = 1 << 16;

  /** The most servers. */
  static final int SERVERS = 1 << 12;

  private static final int WALK_SHIFT = 4;
  private static final int SERVER_SHIFT = 20;
  private static final int MARKS = (1 << WALK_SHIFT) - 1;

  /** The last second that an unsigned int can tell beside {@link #NEVER}. */
  private static final long LAST_SECOND = 0xFFFF_FFFEL;

  private KeyMetadata() {}

  static int tag(int server, int walk, int flags) {
    return server << SERVER_SHIFT | walk % WALKS << WALK_SHIFT | flags;
  }

  static int server(int tag) {
    return tag >>> SERVER_SHIFT;
  }

  static int walk(int tag) {
    return tag >>> WALK_SHIFT & WALKS - 1;
  }

  static int flags(int tag) {
    return tag & MARKS;
  }

  static boolean is(int tag, int flag) {
    return (tag & flag) != 0;
  }

  /** Whether it is a key on its own: neither dead nor a stray. */
  static boolean counts(int tag) {
    return (tag & (TOMBSTONE | MISPLACED)) == 0;
  }

  static int expiry(Expiry expiry) {
    return expiry.isNever() ? NEVER : second(expiry.epochSecond());
  }

  static Expiry expiry(int packed) {
    return packed == NEVER ? Expiry.NEVER : new Expiry(Integer.toUnsignedLong(packed));
  }

  static int access(long lastAccess) {
    return lastAccess == KeyInfo.UNKNOWN ? UNKNOWN : second(lastAccess);
  }

  static long access(int packed) {
    return packed == UNKNOWN ? KeyInfo.UNKNOWN : Integer.toUnsignedLong(packed);
  }

  /** A second, or the nearest one that an int can tell. */
  private static int second(long epochSecond) {
    return (int) Math.max(0, Math.min(LAST_SECOND, epochSecond));
  }

  static long removed(int high, int low) {
    return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
  }
}
