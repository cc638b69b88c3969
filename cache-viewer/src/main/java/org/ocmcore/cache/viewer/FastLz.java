package org.ocmcore.cache.viewer;

/** FastLZ in both levels, which PHP's memcached compresses with if not set otherwise. */
final class FastLz {
  private static final int LONG_DISTANCE = 8191;

  byte[] decode(byte[] value, ViewBudget budget) {
    return budget.decode("fastlz", value.length, out -> decode(value, out));
  }

  private static void decode(byte[] value, DecodedBytes out) {
    ViewInput in = new ViewInput("fastlz", value);
    int level = in.peek() >> 5;
    if (level > 1) {
      throw in.malformed("there is no level " + (level + 1));
    }
    int control = in.u8() & 31;
    while (true) {
      if (control < 32) {
        in.copyTo(out, control + 1);
      } else {
        repeat(control, level, in, out);
      }
      if (in.isAtEnd()) {
        return;
      }
      control = in.u8();
    }
  }

  private static void repeat(int control, int level, ViewInput in, DecodedBytes out) {
    int length = (control >> 5) + 2;
    if (control >> 5 == 7) {
      int more;
      do {
        more = in.u8();
        length += more;
      } while (level == 1 && more == 255);
    }
    int high = (control & 31) << 8;
    int low = in.u8();
    boolean isLong = level == 1 && low == 255 && high == 31 << 8;
    int distance = isLong ? LONG_DISTANCE + (int) in.bigEndian(2) : high + low;
    out.repeat(distance + 1, length);
  }
}
