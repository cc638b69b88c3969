package org.ocmcore.cache.viewer;

import java.io.OutputStream;
import java.util.Arrays;

/** The bytes that a decoder puts out, as many as it may. They are kept, or only counted. */
final class DecodedBytes extends OutputStream {
  private static final int TIME_CHECK = 1 << 16;
  private static final int FIRST_BYTES = 1 << 10;

  /** The bytes up to which those that are counted are kept as well. */
  private static final int MOST_KEPT = 1 << 16;

  private final String decoder;
  private final ViewBudget budget;
  private final int limit;
  private byte[] kept;
  private boolean isKept = true;
  private int count;
  private int nextTimeCheck = TIME_CHECK;

  private DecodedBytes(String decoder, ViewBudget budget, int limit, byte[] kept) {
    this.decoder = decoder;
    this.budget = budget;
    this.limit = limit;
    this.kept = kept;
  }

  /** Counts bytes; keeps them while they are few. */
  static DecodedBytes counted(String decoder, ViewBudget budget, int limit) {
    return new DecodedBytes(decoder, budget, limit, new byte[FIRST_BYTES]);
  }

  /** Keeps as many bytes as were counted here. */
  DecodedBytes again() {
    return new DecodedBytes(decoder, budget, count, new byte[count]);
  }

  /** Whether all bytes so far are kept. */
  boolean isKept() {
    return isKept;
  }

  /** The number of bytes so far. */
  int size() {
    return count;
  }

  private void reserve(int length) {
    if (length > limit - count) {
      throw new DecodingException(
          decoder, "more than " + limit + " bytes come out, which is more than a view may hold");
    }
    if (count >= nextTimeCheck) {
      nextTimeCheck = count + TIME_CHECK;
      budget.checkTime(decoder);
    }
    int end = count + length;
    if (isKept && end > kept.length) {
      isKept = end <= MOST_KEPT;
      kept = isKept ? Arrays.copyOf(kept, Math.max(end, 2 * kept.length)) : new byte[0];
    }
  }

  @Override
  public void write(int value) {
    reserve(1);
    if (isKept) {
      kept[count] = (byte) value;
    }
    count++;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    reserve(length);
    if (isKept) {
      System.arraycopy(bytes, from, kept, count, length);
    }
    count += length;
  }

  /** Repeats bytes that were put out before, perhaps with those that this call puts out. */
  void repeat(int distance, int length) {
    if (distance < 1 || distance > count) {
      throw new DecodingException(
          decoder, "byte " + count + " refers to one " + distance + " before it, which is none");
    }
    if (length < 0) {
      throw new DecodingException(decoder, "a length is too large");
    }
    reserve(length);
    int start = count - distance;
    int end = count + length;
    while (isKept && count < end) {
      int some = Math.min(end - count, count - start);
      System.arraycopy(kept, start, kept, count, some);
      count += some;
    }
    count = end;
  }

  /** The checksum of the bytes from a position on, if they are kept. */
  int hashSince(int from) {
    return XxHash32.of(kept, from, count);
  }

  /** All bytes, which are kept. Nothing may be put out afterwards. */
  byte[] bytes() {
    return kept.length == count ? kept : Arrays.copyOf(kept, count);
  }
}
