package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.viewer.DecoderChain;
import org.ocmcore.cache.viewer.DecodingException;
import org.ocmcore.cache.viewer.ValueView;
import org.ocmcore.cache.viewer.ValueViewer;
import org.ocmcore.cache.viewer.ViewLimits;
import org.ocmcore.cache.viewer.ViewMemory;
import org.ocmcore.cache.viewer.ViewWindow;

/**
 * Makes views of values within a budget of their own, which a view gives back before its answer is
 * written. Safe for use by any number of threads.
 */
final class ValueViews {
  /** What a view needs beside what its decoders put out. */
  private static final long OTHER_BYTES = 2 << 20;

  private final ByteBudget budget;
  private final ValueViewer viewer;

  /** @param budget no view puts out more than one address may hold */
  ValueViews(ByteBudget budget) {
    this.budget = budget;
    ViewLimits usual = ViewLimits.DEFAULT;
    long most = Math.max(1, budget.part() - OTHER_BYTES);
    int output = (int) Math.min(usual.output(), most);
    this.viewer = new ValueViewer(
        new ViewLimits(usual.depth(), output, usual.ratio(), usual.ratioFrom(), usual.time()),
        System::nanoTime);
  }

  /**
   * A view of a value.
   *
   * @param request what the request holds, which says whose it is
   * @throws RequestRejected if the value cannot be decoded as the chain says, or if other views
   *     hold the memory for it
   */
  ValueView view(
      CacheValue value, DecoderChain chain, ViewWindow window, ByteBudget.Share request) {
    try (ByteBudget.Share share = request.of(budget)) {
      return viewer.view(value.bytes(), value.flags(), chain, window, memory(share));
    } catch (DecodingException e) {
      throw new RequestRejected(Kind.NOT_DECODABLE, e.getMessage());
    }
  }

  private static ViewMemory memory(ByteBudget.Share share) {
    return new ViewMemory() {
      @Override
      public void take(long bytes) {
        share.grow(bytes);
      }

      @Override
      public void giveBack(long bytes) {
        share.shrink(bytes);
      }
    };
  }
}
