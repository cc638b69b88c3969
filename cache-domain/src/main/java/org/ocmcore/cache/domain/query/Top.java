package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first so many of all that are offered, in bounded memory. For one thread. */
final class Top<T> {
  private final int most;
  private final Comparator<? super T> order;
  private final PriorityQueue<T> kept;

  Top(int most, Comparator<? super T> order) {
    this.most = most;
    this.order = order;
    this.kept = new PriorityQueue<>(order.reversed());
  }

  void offer(T candidate) {
    if (!isFull()) {
      kept.add(candidate);
    } else if (order.compare(candidate, kept.peek()) < 0) {
      kept.poll();
      kept.add(candidate);
    }
  }

  boolean isFull() {
    return kept.size() == most;
  }

  /** The last of those that are kept, when it {@link #isFull}. */
  T last() {
    return kept.element();
  }

  void addAll(Top<? extends T> other) {
    other.kept.forEach(this::offer);
  }

  List<T> inOrder() {
    List<T> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    return sorted;
  }
}
