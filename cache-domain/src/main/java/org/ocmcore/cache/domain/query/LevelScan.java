package org.ocmcore.cache.domain.query;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.query.Level.Child;

/**
 * Steps from child to child of a level. Sums up the keys below a child without visiting them. For
 * use by one thread.
 *
 * <p>Other keys, such as {@code a!}, may lie between {@code a} and the keys below {@code a:}. All
 * of them begin with {@code a}, so at most as many children are pending as a key has bytes.
 */
final class LevelScan {
  private static final RangeSummary NOTHING = new RangeSummary(0, 0, 0);

  private final LevelQuery query;
  private final LevelKeys keys;
  private final Top<Child> first;

  /** Keys that may still have keys below them; each begins with the previous ones. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private long children;
  private RangeSummary totals = NOTHING;

  LevelScan(LevelQuery query, LevelKeys keys) {
    this.query = query;
    this.keys = keys;
    this.first = new Top<>(query.limit(), order(query.order()));
  }

  private static Comparator<Child> order(LevelQuery.Order order) {
    Comparator<Child> byName = Comparator.comparing(Child::name);
    return switch (order) {
      case SIZE ->
        Comparator.comparingLong((Child child) -> -child.sums().bytes()).thenComparing(byName);
      case KEYS ->
        Comparator.comparingLong((Child child) -> -child.sums().keys()).thenComparing(byName);
      case NAME -> byName;
    };
  }

  Level level(Freshness freshness) {
    while (keys.next()) {
      KeyCursor cursor = keys.key();
      byte[] bytes = cursor.bytes();
      int from = cursor.from();
      int to = cursor.to();
      while (!waiting.isEmpty() && !waiting.peek().key.begins(bytes, from, to)) {
        finish(waiting.pop());
      }
      int end = query.delimiter().indexIn(bytes, from + query.prefix().length(), to);
      if (end < 0) {
        waiting.push(new Waiting(KeyBytes.ofBytes(bytes, from, to), here()));
      } else {
        stepOver(end - from);
      }
    }
    while (!waiting.isEmpty()) {
      finish(waiting.pop());
    }
    return new Level(
        query.prefix(), query.delimiter(), first.inOrder(), children, totals, freshness);
  }

  private RangeSummary here() {
    KeyCursor cursor = keys.key();
    return new RangeSummary(1, cursor.size(), cursor.expirySecond() == Long.MAX_VALUE ? 1 : 0);
  }

  /** @param length of the level's prefix and the child's name together */
  private void stepOver(int length) {
    KeyCursor cursor = keys.key();
    int from = cursor.from();
    KeyBytes below =
        KeyBytes.ofBytes(cursor.bytes(), from, from + length + query.delimiter().length());
    RangeSummary sums = keys.sum(below.range());
    for (Waiting key : waiting) {
      if (key.key.length() == length) {
        key.below = below;
        key.sums = plus(key.sums, sums);
        return;
      }
    }
    add(new Child(name(below.bytes(), length), below, false, sums));
  }

  private void finish(Waiting key) {
    byte[] bytes = key.key.bytes();
    add(new Child(name(bytes, bytes.length), key.below, true, key.sums));
  }

  private KeyBytes name(byte[] bytes, int end) {
    return KeyBytes.ofBytes(bytes, query.prefix().length(), end);
  }

  private void add(Child child) {
    children++;
    totals = plus(totals, child.sums());
    first.offer(child);
  }

  private static RangeSummary plus(RangeSummary one, RangeSummary other) {
    return new RangeSummary(
        one.keys() + other.keys(), one.bytes() + other.bytes(), one.never() + other.never());
  }

  /** A key without a delimiter behind the prefix. */
  private static final class Waiting {
    private final KeyBytes key;
    private KeyBytes below;
    private RangeSummary sums;

    Waiting(KeyBytes key, RangeSummary sums) {
      this.key = key;
      this.below = key;
      this.sums = sums;
    }
  }
}
