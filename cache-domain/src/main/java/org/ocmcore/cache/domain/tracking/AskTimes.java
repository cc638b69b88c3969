package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Remembers when each key was taken for a request, until the server answers. Answers arrive in the
 * order of the requests. For use by one thread.
 */
final class AskTimes<T> implements Iterator<T> {
  private final Iterator<T> keys;
  private final MillisecondClock clock;
  private final ArrayDeque<Moment> moments = new ArrayDeque<>();
  private long asked;
  private long answered;

  /** @param first the first key that was requested then */
  private record Moment(long first, Instant at) {}

  AskTimes(Iterator<T> keys, Clock clock) {
    this.keys = keys;
    this.clock = new MillisecondClock(clock);
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
    if (last == null || now != last.at) {
      moments.add(new Moment(asked, now));
    }
    asked++;
    return key;
  }

  /** When the last key was taken, or up to a millisecond before. */
  Instant taken() {
    return moments.getLast().at;
  }

  /**
   * When the next answered key was taken, or up to a millisecond before. To be called once for each
   * key.
   */
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
