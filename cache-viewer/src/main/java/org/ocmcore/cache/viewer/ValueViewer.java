package org.ocmcore.cache.viewer;

import java.util.function.LongSupplier;

/**
 * Shows what the bytes of a value are. Nothing in a value is executed or instantiated, and the work
 * for any value is limited. May be used by several threads at once.
 */
public final class ValueViewer {
  private final ViewLimits limits;
  private final LongSupplier nanoClock;

  /** With the usual limits. */
  public ValueViewer() {
    this(ViewLimits.DEFAULT, System::nanoTime);
  }

  /**
   * With other limits.
   *
   * @param nanoClock nanoseconds, as {@link System#nanoTime} counts them
   */
  public ValueViewer(ViewLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /**
   * A window of the value as text, and the steps that led there. Chains {@code auto} and
   * {@code none} never fail: {@code auto} stops at what it cannot decode, and notes why. If the
   * text is longer than the limits allow, or takes too long, it ends there, and a note says so.
   *
   * @param value the bytes as stored; not changed
   * @param flags the flags of the item, from 0 to 4294967295
   * @throws DecodingException if a decoder that the chain names does not apply to the bytes, or if
   *     what comes out exceeds a limit
   * @throws IllegalArgumentException if the flags are out of range
   */
  public ValueView view(byte[] value, long flags, DecoderChain chain, ViewWindow window) {
    return view(value, flags, chain, window, ViewMemory.UNCOUNTED);
  }

  /**
   * The same with memory that is counted. Most values need what their decoders put out, and 2 MiB.
   *
   * @param memory is asked before the view takes it; what it throws is thrown
   */
  public ValueView view(
      byte[] value, long flags, DecoderChain chain, ViewWindow window, ViewMemory memory) {
    if (flags < 0 || flags > 0xffffffffL) {
      throw new IllegalArgumentException(
          "flags are " + flags + ", they must be from 0 to 4294967295");
    }
    try (ViewBudget budget = new ViewBudget(limits, nanoClock, memory)) {
      ViewRun run = new ViewRun(value, flags, budget, window);
      if (chain.equals(DecoderChain.AUTO)) {
        return run.auto();
      }
      return chain.equals(DecoderChain.NONE) ? run.stored() : run.named(chain.names());
    }
  }
}
