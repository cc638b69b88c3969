package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the first of all offered elements, in bounded memory. For use by one thread. */
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

  /** The last element that is kept, if it {@link #isFull}. */
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
