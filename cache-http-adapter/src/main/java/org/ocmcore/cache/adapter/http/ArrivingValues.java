package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.named.ValueMemory;

/** The memory for values in an answer, which become what is sent one by one. For one thread. */
final class ArrivingValues implements ValueMemory {
  private final ByteBudget.Share share;
  private final long before;
  private final long shown;
  private final long most;
  private long arrived;
  private long largest;

  /**
   * @param share takes the memory beside what it holds already
   * @param shown the extra memory of a value while it is shown, as a multiple of its bytes
   * @param most see {@link #mostBytes}
   */
  ArrivingValues(ByteBudget.Share share, long shown, long most) {
    this.share = share;
    this.before = share.held();
    this.shown = shown;
    this.most = most;
  }

  /** For a single value, however long it is. */
  ArrivingValues(ByteBudget.Share share, long shown) {
    this(share, shown, Long.MAX_VALUE);
  }

  @Override
  public long mostBytes() {
    return most;
  }

  private long needed() {
    return before + arrived + shown * largest;
  }

  /** Waits for all of them at first, and for none later. */
  @Override
  public int room(long... sizes) {
    long[] needed = new long[sizes.length];
    long sum = arrived;
    long most = largest;
    for (int i = 0; i < sizes.length; i++) {
      sum += sizes[i];
      most = Math.max(most, sizes[i]);
      needed[i] = before + sum + shown * most;
    }
    long all = needed[sizes.length - 1];
    if (arrived == 0) {
      share.take(all - share.held());
    } else {
      share.growUpTo(all - share.held());
    }
    int count = 0;
    while (count < sizes.length && needed[count] <= share.held()) {
      count++;
    }
    if (count == 0 && (arrived == 0 || mayBeTooLargeAlone(sizes[0]) && isMostlyFree())) {
      // One that may be larger than any share is read alone, whatever was before it.
      return 1;
    }
    if (count == 0 && needed[0] <= share.most()) {
      share.grow(needed[0] - share.held());
      return 1;
    }
    return count;
  }

  private boolean mayBeTooLargeAlone(long size) {
    return before + size + shown * size > share.most();
  }

  private boolean isMostlyFree() {
    return needed() <= share.held() / 2;
  }

  @Override
  public void arrived(long size) {
    arrived += size;
    largest = Math.max(largest, size);
  }

  /** Gives back the bytes of an item that is written to the client, and kept no more. */
  void left(long size) {
    arrived -= size;
    share.shrink(Math.max(0, share.held() - Math.max(before, needed())));
  }

  /**
   * Gives back what has not arrived. Takes what is missing, since items have grown meanwhile.
   *
   * @throws RequestRejected if that is not free
   */
  void settle() {
    if (needed() < share.held()) {
      share.shrink(share.held() - needed());
      return;
    }
    share.growUpTo(needed() - share.held());
    long missing = Math.min(needed(), share.enough()) - share.held();
    if (missing > 0) {
      share.grow(missing);
    }
  }
}
