package org.ocmcore.cache.viewer;

import java.util.function.LongSupplier;

/** What one view has left of its time and of the bytes that its decoders may put out. */
final class ViewBudget {
  private final ViewLimits limits;
  private final LongSupplier nanoClock;
  private final long start;
  private int left;
  private boolean isTimed = true;

  ViewBudget(ViewLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.left = limits.output();
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

  /** Where a decoder puts its bytes, with the ratio limited by the size of its input. */
  DecodedBytes output(String decoder, int inputSize) {
    long byRatio = Math.max(limits.ratioFrom(), (long) inputSize * limits.ratio());
    return new DecodedBytes(decoder, this, (int) Math.min(left, byRatio));
  }

  void spend(int bytes) {
    left -= bytes;
  }
}
