package org.ocmcore.cache.viewer;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What one view has left of its time and of the bytes that its decoders may put out. */
final class ViewBudget implements AutoCloseable {
  /** The window, buffers, and whatever else is small. */
  private static final long BASE = 1 << 20;

  private static final long STEP = 1 << 16;

  private final ViewLimits limits;
  private final LongSupplier nanoClock;
  private final ViewMemory memory;
  private final long start;
  private int left;
  private boolean isTimed = true;
  private long taken;

  /** The bytes of what a renderer keeps, and as many as were taken for that. */
  private long kept;

  private long takenToKeep;

  /** The bytes of the largest copy. */
  private long copied;

  ViewBudget(ViewLimits limits, LongSupplier nanoClock, ViewMemory memory) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.memory = memory;
    this.start = nanoClock.getAsLong();
    this.left = limits.output();
    take(BASE);
  }

  ViewLimits limits() {
    return limits;
  }

  void checkTime(String decoder) {
    if (isTimed && nanoClock.getAsLong() - start > limits.time().toNanos()) {
      throw new ViewStoppedException(
          decoder, "stopped after " + limits.time().toMillis() + " ms, the most a view may take");
    }
  }

  /** For what is shown when the time is over, and costs next to nothing. */
  void endTiming() {
    isTimed = false;
  }

  /**
   * What a decoder puts out, with the ratio limited by the size of its input. More than a little is
   * only counted first, and put out again when the memory for it is taken: so it is never copied,
   * and what is too much takes no memory.
   *
   * @param decoding puts out the same bytes each time
   */
  byte[] decode(String decoder, int inputSize, Consumer<DecodedBytes> decoding) {
    long byRatio = Math.max(limits.ratioFrom(), (long) inputSize * limits.ratio());
    int limit = (int) Math.min(left, byRatio);
    DecodedBytes first = DecodedBytes.counted(decoder, this, limit);
    decoding.accept(first);
    byte[] bytes = first.isKept() ? first.bytes() : decode(first.size(), first::again, decoding);
    left -= bytes.length;
    return bytes;
  }

  private byte[] decode(int size, Supplier<DecodedBytes> output, Consumer<DecodedBytes> decoding) {
    take(size);
    try {
      DecodedBytes out = output.get();
      decoding.accept(out);
      return out.bytes();
    } catch (DecodingException e) {
      giveBack(size);
      throw e;
    }
  }

  /** Takes memory until the end, or until it is given back. */
  void take(long bytes) {
    memory.take(bytes);
    taken += bytes;
  }

  void giveBack(long bytes) {
    memory.giveBack(bytes);
    taken -= bytes;
  }

  /** Takes memory for something small that is kept until the end. */
  void keep(long bytes) {
    kept += bytes;
    if (kept > takenToKeep) {
      take(STEP);
      takenToKeep += STEP;
      keep(0);
    }
  }

  /** Takes memory for a copy that is dropped before the next one is made. */
  void copy(long bytes) {
    if (bytes > copied && bytes > STEP) {
      take(bytes - copied);
      copied = bytes;
    }
  }

  /** Gives everything back. */
  @Override
  public void close() {
    giveBack(taken);
  }
}
