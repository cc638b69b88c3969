package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;

/**
 * Work on many items over one connection, in both directions at once: requests go out as long as
 * there is room for them and for their answers, and answers are taken as they come. Neither end
 * waits for the other to read first, so it goes on however full the buffers of the network are.
 *
 * <p>The timeout is the server's: for so long it may neither take nor send a byte, and what our own
 * side takes meanwhile does not count. For one thread, once.
 */
final class Pipeline<T> {
  /** The most bytes of requests and answers that are under way, unless one item alone has more. */
  static final long WINDOW = 2 * 1024 * 1024;

  private static final long NOT_ASKED = -1;

  private final TextConnection connection;
  private final Duration timeout;
  private final Iterator<? extends T> items;
  private final Work<T> work;
  private final Output output = new Output();
  private final PendingItems<T> pending = new PendingItems<>();
  private long underWay;
  private T next;
  private boolean over;

  /** What is asked about each item, and what is done with the answer. */
  interface Work<T> {
    /** About how many bytes the request and its answer have together; the same each time. */
    long weight(T item);

    /** Adds the request about the item, or none if nothing is to be asked. */
    void ask(T item, Output output);

    /**
     * Takes the answer; called in the order of the items.
     *
     * @param answer null if nothing was asked
     * @throws IOException if it is no answer to this, or not one to live with
     */
    void tell(T item, Answer answer) throws IOException;
  }

  Pipeline(TextConnection connection, Duration timeout, Iterator<? extends T> items, Work<T> work) {
    this.connection = connection;
    this.timeout = timeout;
    this.items = items;
    this.work = work;
  }

  /** Works on all items; returns when the last is told. */
  void run() throws IOException {
    boolean moved = true;
    while (true) {
      ask();
      moved |= output.send(connection::sendSome) > 0;
      int received = connection.receive();
      moved |= received > 0;
      tell();
      if (over && pending.isEmpty()) {
        return;
      }
      // A server that never has us wait would keep this from being seen.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      if (received == 0 && !pending.isEmpty()) {
        if (moved) {
          connection.setDeadline(Deadline.in(timeout));
          moved = false;
        }
        connection.awaitServer(!output.isEmpty());
      }
    }
  }

  /** Asks as much as there is room for. */
  private void ask() {
    while (output.hasRoom()) {
      if (next == null) {
        over = over || underWay < WINDOW && !items.hasNext();
        if (over || underWay >= WINDOW) {
          return;
        }
        next = items.next();
      }
      long weight = work.weight(next);
      if (underWay > 0 && underWay + weight > WINDOW) {
        return;
      }
      long before = output.asked();
      work.ask(next, output);
      pending.add(next, output.asked() == before ? NOT_ASKED : output.asked());
      underWay += weight;
      next = null;
    }
  }

  private void tell() throws IOException {
    while (!pending.isEmpty()) {
      Answer answer = null;
      if (pending.firstEnd() != NOT_ASKED) {
        answer = connection.input().answerAtHand();
        if (answer == null) {
          return;
        }
        if (pending.firstEnd() > output.sent()) {
          throw Rubbish.described("an answer before it was asked");
        }
      }
      T item = pending.removeFirst();
      underWay -= work.weight(item);
      work.tell(item, answer);
    }
    if (!connection.input().isEmpty()) {
      throw Rubbish.described("more than it was asked");
    }
  }
}
