package org.ocmcore.cache.viewer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The bytes that a decoder puts out, as many as it may. */
final class DecodedBytes extends ByteArrayOutputStream {
  private static final int TIME_CHECK = 1 << 16;

  private final String decoder;
  private final ViewBudget budget;
  private final int limit;
  private int nextTimeCheck = TIME_CHECK;

  DecodedBytes(String decoder, ViewBudget budget, int limit) {
    super(Math.min(limit, 8192));
    this.decoder = decoder;
    this.budget = budget;
    this.limit = limit;
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
  }

  @Override
  public synchronized void write(int value) {
    reserve(1);
    super.write(value);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    reserve(length);
    super.write(bytes, from, length);
  }

  /** Repeats bytes that were put out before, perhaps with those that this call puts out. */
  synchronized void repeat(int distance, int length) {
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
    while (count < end) {
      super.write(buf, start, Math.min(end - count, count - start));
    }
  }

  /** A copy of the bytes from a position on. */
  synchronized byte[] since(int from) {
    return Arrays.copyOfRange(buf, from, count);
  }

  /** All bytes. The budget is charged for them. */
  byte[] take() {
    budget.spend(count);
    return toByteArray();
  }
}
