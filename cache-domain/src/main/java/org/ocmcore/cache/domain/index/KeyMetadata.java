package org.ocmcore.cache.domain.index;

import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * What is known about a copy of a key, packed into five ints: expiry and last access (both in
 * unsigned seconds since the epoch, up to the year 2106), the size in bytes (unsigned), the item's
 * flags (unsigned), and a tag. The tag holds the server's number, the number of the walk that
 * visited the copy last, and marks.
 *
 * <p>In a {@link #TOMBSTONE} the first two ints hold the time of the removal, in microseconds since
 * the epoch.
 */
final class KeyMetadata {
  /** The number of ints. */
  static final int COUNT = 5;

  static final int EXPIRY = 0;
  static final int ACCESS = 1;
  static final int SIZE = 2;
  static final int FLAGS = 3;
  static final int TAG = 4;

  /** An {@link #EXPIRY} that never comes. */
  static final int NEVER = -1;

  /**
   * An {@link #ACCESS} or {@link #FLAGS} that the store does not report. Flags of 2^32-1 are taken
   * for unknown as well.
   */
  static final int UNKNOWN = -1;

  /** The value was read since it was stored. */
  static final int FETCHED = 1;

  /** The key belongs on another server, which holds a copy, too. */
  static final int MISPLACED = 1 << 1;

  /** The copy was removed. It stays for a while, so that older changes are recognised as old. */
  static final int TOMBSTONE = 1 << 2;

  /** It changed after the walk began whose number it has; that walk did not set it. */
  static final int EVENT = 1 << 3;

  /** Walk numbers are modulo this. */
  static final int WALKS = 1 << 16;

  /** The most servers. */
  static final int SERVERS = 1 << 12;

  private static final int WALK_SHIFT = 4;
  private static final int SERVER_SHIFT = 20;
  private static final int MARKS = (1 << WALK_SHIFT) - 1;

  /** The last second that fits beside {@link #NEVER}. */
  private static final long LAST_SECOND = 0xFFFF_FFFEL;

  private KeyMetadata() {}

  static int tag(int server, int walk, int marks) {
    return server << SERVER_SHIFT | walk % WALKS << WALK_SHIFT | marks;
  }

  static int server(int tag) {
    return tag >>> SERVER_SHIFT;
  }

  static int walk(int tag) {
    return tag >>> WALK_SHIFT & WALKS - 1;
  }

  static int marks(int tag) {
    return tag & MARKS;
  }

  static boolean is(int tag, int mark) {
    return (tag & mark) != 0;
  }

  /** Whether it counts as a key: neither a tombstone nor misplaced. */
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

  static long flags(int packed) {
    return packed == UNKNOWN ? KeyInfo.UNKNOWN : Integer.toUnsignedLong(packed);
  }

  /** The second, or the nearest one that fits. */
  private static int second(long epochSecond) {
    return (int) Math.max(0, Math.min(LAST_SECOND, epochSecond));
  }

  static long removed(int high, int low) {
    return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
  }
}
