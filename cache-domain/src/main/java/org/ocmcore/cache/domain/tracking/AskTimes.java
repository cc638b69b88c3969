package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Notes when the server is asked for each key, for as long as it has not answered. Keys are
 * answered in the order in which they are asked for. For one thread.
 */
final class AskTimes<T> implements Iterator<T> {
  /** Keys that are asked for within that time share a moment, which is that of the first. */
  private static final Duration STEP = Duration.ofMillis(1);

  private final Iterator<T> keys;
  private final Clock clock;
  private final ArrayDeque<Moment> moments = new ArrayDeque<>();
  private long asked;
  private long answered;

  /** @param first of the keys that were asked for then */
  private record Moment(long first, Instant at) {}

  AskTimes(Iterator<T> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public boolean hasNext() {
    return keys.hasNext();
  }

  @Override
  public T next() {
    T key = keys.next();
    Instant now = clock.instant();
    Moment last = moments.peekLast();
    // One that is later was noted before the clock was set back.
    if (last == null || now.isBefore(last.at) || !now.isBefore(last.at.plus(STEP))) {
      moments.add(new Moment(asked, now));
    }
    asked++;
    return key;
  }

  /** When the next key that is answered was asked for, or a little before; once for each key. */
  Instant answered() {
    Moment moment = moments.remove();
    while (!moments.isEmpty() && moments.peek().first <= answered) {
      moment = moments.remove();
    }
    moments.addFirst(moment);
    answered++;
    return moment.at;
  }
}
