package org.ocmcore.cache.domain.job;

import java.util.HashMap;
import java.util.Map;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Places for work that runs or waits. An owner gets no more of them than it leaves free, so that
 * the others find some. Safe for use by any number of threads.
 */
final class OwnerPlaces {
  private final String work;
  private final long most;
  private final Map<String, Integer> taken = new HashMap<>();
  private long free;

  /**
   * @param work its name, in a word
   * @param most the most places of all owners
   */
  OwnerPlaces(String work, long most) {
    this.work = work;
    this.most = most;
    this.free = most;
  }

  /**
   * Takes a place.
   *
   * @throws TooBusy if there is none, or none for this owner; does not wait
   */
  synchronized void take(String owner) {
    int own = taken.getOrDefault(owner, 0);
    if (free == 0) {
      throw new TooBusy(work, most);
    }
    if (own >= free) {
      throw TooBusy.with(owner, own, work, most);
    }
    taken.put(owner, own + 1);
    free--;
  }

  /** Gives a place back. */
  synchronized void giveBack(String owner) {
    taken.computeIfPresent(owner, (same, own) -> own == 1 ? null : own - 1);
    free++;
  }
}
