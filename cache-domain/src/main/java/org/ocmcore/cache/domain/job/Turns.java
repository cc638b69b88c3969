package org.ocmcore.cache.domain.job;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Limits work that is no job: so many threads work at once, and so many wait. They get their turns
 * owner by owner, so that one who asks for much delays the others by a turn each. Safe for use by
 * any number of threads.
 */
public final class Turns {
  private final String work;
  private final OwnerPlaces places;

  /** Of those who wait, by owner; the owner whose turn is next stands first. */
  private final Map<String, Queue<Semaphore>> waiting = new LinkedHashMap<>();

  private int free;

  /** As many callers work and wait as jobs of one kind. @param work its name, in a word */
  public Turns(String work) {
    this(work, JobKind.AT_ONCE, JobKind.WAITING);
  }

  /**
   * @param work its name, in a word
   * @param atOnce the most threads that work at once, at least 1
   * @param waiting the most threads that wait for their first turn
   */
  public Turns(String work, int atOnce, int waiting) {
    this.work = work;
    this.places = new OwnerPlaces(work, (long) atOnce + waiting);
    this.free = atOnce;
  }

  /**
   * Executes a task on this thread when its turn comes. The task must not take another turn here.
   *
   * @throws TooBusy if too many threads of all owners, or of this one, are here; does not wait
   * @throws Cancelled if the thread is interrupted while it waits
   */
  public <R> R take(String owner, Supplier<R> task) {
    begin(owner);
    try {
      return task.get();
    } finally {
      end(owner);
    }
  }

  /** Waits for the first turn; throws as {@link #take}. Each call needs one of {@link #end}. */
  public void begin(String owner) {
    places.take(owner);
    boolean hasBegun = false;
    try {
      Semaphore turn = queue(owner);
      await(owner, turn);
      hasBegun = true;
    } finally {
      if (!hasBegun) {
        places.giveBack(owner);
      }
    }
  }

  private void await(String owner, Semaphore turn) {
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      if (!leave(owner, turn)) {
        // It has come just now.
        giveBack();
      }
      Thread.currentThread().interrupt();
      throw new Cancelled(work, "its thread was interrupted");
    }
  }

  /** The turn of this thread: it has a permit as soon as it comes. */
  private synchronized Semaphore queue(String owner) {
    boolean isAtOnce = tryBegin();
    Semaphore turn = new Semaphore(isAtOnce ? 1 : 0);
    if (!isAtOnce) {
      waiting.computeIfAbsent(owner, first -> new ArrayDeque<>()).add(turn);
    }
    return turn;
  }

  private synchronized boolean leave(String owner, Semaphore turn) {
    Queue<Semaphore> own = waiting.get(owner);
    boolean waited = own != null && own.remove(turn);
    if (waited && own.isEmpty()) {
      waiting.remove(owner);
    }
    return waited;
  }

  /**
   * Takes a turn for a helper if nobody waits for one; returns whether it did. Then it needs a call
   * of {@link #giveBack}.
   */
  public synchronized boolean tryBegin() {
    if (free == 0 || !waiting.isEmpty()) {
      return false;
    }
    free--;
    return true;
  }

  /**
   * Lets those who wait go first, the other owners before this one. Returns at once if nobody
   * waits.
   */
  public void pass(String owner) {
    Semaphore next;
    synchronized (this) {
      if (waiting.isEmpty()) {
        return;
      }
      giveBack();
      next = queue(owner);
    }
    next.acquireUninterruptibly();
  }

  /** Ends what {@link #begin} began. */
  public void end(String owner) {
    giveBack();
    places.giveBack(owner);
  }

  /** Ends what {@link #tryBegin} began. */
  public synchronized void giveBack() {
    Iterator<Map.Entry<String, Queue<Semaphore>>> owners = waiting.entrySet().iterator();
    if (!owners.hasNext()) {
      free++;
      return;
    }
    Map.Entry<String, Queue<Semaphore>> next = owners.next();
    owners.remove();
    Semaphore turn = next.getValue().remove();
    if (!next.getValue().isEmpty()) {
      // Behind the other owners.
      waiting.put(next.getKey(), next.getValue());
    }
    turn.release();
  }
}
