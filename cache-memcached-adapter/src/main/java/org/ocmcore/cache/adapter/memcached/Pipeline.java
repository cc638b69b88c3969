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
  /**
   * The most bytes of requests and answers that are under way, unless one item alone has more: what
   * a fast network carries in a fifth of a second.
   */
  static final long WINDOW = 8 * 1024 * 1024;

  private static final long NOT_ASKED = -1;

  private final TextConnection connection;
  private final Duration timeout;
  private final Iterator<? extends T> items;
  private final Handler<T> work;
  private final Output output;
  private final PendingItems<T> pending = new PendingItems<>();
  private long underWay;
  private long unanswered;
  private T next;
  private Stage stage = Stage.ASKING;

  private enum Stage {
    /** There may be more items. */
    ASKING,
    /** All are asked about, and there is one more question, which tells where their answers end. */
    ENDING,
    /** All is answered. */
    ENDED
  }

  /** What is asked about each item, and what is done with the answer. */
  interface Handler<T> {
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
    void tell(T item, MetaResponse answer) throws IOException;
  }

  Pipeline(
      TextConnection connection, Duration timeout, Iterator<? extends T> items, Handler<T> work) {
    this.connection = connection;
    this.output = connection.output();
    this.timeout = timeout;
    this.items = items;
    this.work = work;
  }

  /** Works on all items; returns when the last is told. */
  void run() throws IOException {
    boolean moved = true;
    while (stage != Stage.ENDED) {
      requireUninterrupted();
      // Before we send, which fails when it has hung up: its last words may say why.
      int received = connection.receive();
      tell();
      ask();
      int sent = output.send(connection::sendSome);
      moved |= received > 0 || sent > 0;
      if (received == 0 && (unanswered > 0 || !output.isEmpty())) {
        if (moved) {
          connection.setDeadline(Deadline.in(timeout));
          moved = false;
        }
        connection.awaitServer(!output.isEmpty());
      }
    }
  }

  /** A server that never has us wait, and answers that are all at hand, would hide it otherwise. */
  private static void requireUninterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
  }

  /** Asks as much as there is room for. */
  private void ask() {
    while (stage == Stage.ASKING && output.hasRoom()) {
      if (next == null) {
        if (underWay >= WINDOW) {
          return;
        }
        if (!items.hasNext()) {
          output.nothing();
          unanswered++;
          stage = Stage.ENDING;
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
      boolean isAsked = output.asked() > before;
      pending.add(next, isAsked ? output.asked() : NOT_ASKED, output.lastNumber());
      unanswered += isAsked ? 1 : 0;
      underWay += weight;
      next = null;
    }
  }

  private void tell() throws IOException {
    while (!pending.isEmpty()) {
      MetaResponse answer = null;
      if (pending.firstEnd() != NOT_ASKED) {
        answer = answer(pending.firstEnd(), pending.firstNumber());
        if (answer == null) {
          return;
        }
      }
      requireUninterrupted();
      T item = pending.removeFirst();
      underWay -= work.weight(item);
      work.tell(item, answer);
    }
    if (stage == Stage.ENDING) {
      MetaResponse last = answer(output.asked(), output.lastNumber());
      if (last == null) {
        return;
      }
      MetaCommand.NOTHING.isGranted(last);
      stage = Stage.ENDED;
    }
    if (!connection.input().isEmpty()) {
      // If it is a refusal of everything, that is what is thrown.
      connection.input().answerAtHand(MetaResponseParser.UNNUMBERED);
      throw ProtocolException.described("more than it was asked");
    }
  }

  /** The next answer, to the question that ends there; null if it is not there yet. */
  private MetaResponse answer(long end, long number) throws IOException {
    MetaResponse answer = connection.input().answerAtHand(number);
    if (answer == null) {
      return null;
    }
    if (end > output.sent()) {
      throw ProtocolException.described("an answer before it was asked");
    }
    unanswered--;
    return answer;
  }
}
