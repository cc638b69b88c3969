package org.ocmcore.cache.viewer;

/** What the heads of Zstandard frames say (RFC 8878, section 3.1). */
final class ZstdFrames {
  private static final long MAGIC = 0xfd2fb528L;
  private static final long SKIPPED = 0x184d2a50L;
  private static final int SINGLE_SEGMENT = 0x20;
  private static final int CHECKSUM = 0x04;
  private static final int RUN = 1;
  private static final int[] SIZES_OF_ID = {0, 1, 2, 4};
  private static final int[] SIZES_OF_LENGTH = {0, 2, 4, 8};

  private ZstdFrames() {}

  /**
   * The bytes of the largest window that a frame asks for, up to the first that is no frame, and
   * without those that ask for more than may be.
   *
   * @param most the logarithm of the largest that may be
   */
  static long largestWindow(byte[] value, int most) {
    ViewInput in = new ViewInput("zstd", value);
    long largest = 0;
    try {
      while (!in.isAtEnd()) {
        long magic = in.littleEndian(4);
        if (magic == MAGIC) {
          int flags = in.u8();
          long window = window(in, flags);
          largest = Math.max(largest, Long.compareUnsigned(window, 1L << most) > 0 ? 0 : window);
          skipBlocks(in);
          in.skip((flags & CHECKSUM) != 0 ? 4 : 0);
        } else if ((magic & ~0xfL) == SKIPPED) {
          in.skip(in.littleEndian(4));
        } else {
          return largest;
        }
      }
    } catch (DecodingException damaged) {
      // The decoder comes no further, and says why.
      return largest;
    }
    return largest;
  }

  private static long window(ViewInput in, int flags) {
    boolean isSingle = (flags & SINGLE_SEGMENT) != 0;
    long window = 0;
    if (!isSingle) {
      int descriptor = in.u8();
      long base = 1L << (10 + (descriptor >> 3));
      window = base + base / 8 * (descriptor & 7);
    }
    in.skip(SIZES_OF_ID[flags & 3]);
    int size = SIZES_OF_LENGTH[flags >> 6];
    if (!isSingle) {
      in.skip(size);
      return window;
    }
    return size == 0 ? in.u8() : in.littleEndian(size);
  }

  private static void skipBlocks(ViewInput in) {
    long block;
    do {
      block = in.littleEndian(3);
      in.skip((block >> 1 & 3) == RUN ? 1 : block >> 3);
    } while ((block & 1) == 0);
  }
}
