package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * An {@link Exchange} for many items, each of which has a response.
 *
 * <p>A request that wins the token of a stale item gives it back at once: nobody here stores the
 * item anew, and without the token no other client would.
 */
final class Pipeline<T> extends Exchange {
  private static final long NOT_SENT = -1;

  private final Iterator<? extends T> items;
  private final Handler<T> handler;
  private final PendingRequests<T> pending = new PendingRequests<>();

  /** Tokens of stale items that were won and must be given back. */
  private final ArrayDeque<WonToken> won = new ArrayDeque<>();

  private long inFlightBytes;
  private long outstanding;
  private T next;
  private Stage stage = Stage.WRITING;

  private enum Stage {
    /** The iterator may have more items. */
    WRITING,
    /** All requests are written, then {@code mn}: its response marks the end of the others. */
    AWAITING_END,
    /** All responses have arrived. */
    ENDED
  }

  /** Writes the request for an item and handles the response. */
  interface Handler<T> {
    /**
     * Returns the approximate size of request and response together, in bytes; always the same for
     * one item.
     */
    long weight(T item);

    /** Appends the request for the item, or nothing if it needs none. */
    void writeRequest(T item, OutputBuffer output);

    /**
     * Handles the response. Called in the order of the items.
     *
     * @param response null if no request was sent
     * @throws IOException if the response does not fit the request, or must end the pipeline
     */
    void handleResponse(T item, MetaResponse response) throws IOException;

    /**
     * Returns whether a success need not be answered: the work is a store or a deletion, and
     * {@link MetaResponse.Status#DONE} without more is what it means.
     */
    default boolean mayBeQuiet() {
      return false;
    }

    /** Returns the key of an item, if its request can win the token of a stale one. */
    default CacheKey key(T item) {
      throw new IllegalStateException("a request that wins no tokens won one");
    }
  }

  private record WonToken(CacheKey key, long cas) {}

  Pipeline(
      TextConnection connection,
      Duration timeout,
      Iterator<? extends T> items,
      Handler<T> handler) {
    super(connection, timeout);
    this.items = items;
    this.handler = handler;
  }

  /**
   * Sends all requests, as a {@link QuietPipeline} if the handler allows that; returns after the
   * last response is handled.
   */
  static <T> void execute(
      TextConnection connection, Duration timeout, Iterator<? extends T> items, Handler<T> handler)
      throws IOException {
    if (handler.mayBeQuiet()) {
      QuietPipeline.execute(connection, timeout, items, handler);
    } else {
      new Pipeline<>(connection, timeout, items, handler).execute();
    }
  }

  @Override
  boolean isEnded() {
    return stage == Stage.ENDED;
  }

  @Override
  boolean isAwaitingResponse() {
    return outstanding > 0;
  }

  @Override
  void writeRequests() {
    while (stage == Stage.WRITING && output.hasRoom()) {
      if (!won.isEmpty()) {
        WonToken token = won.remove();
        output.appendReturnToken(token.key, token.cas);
        pending.add(null, output.lastRequestEnd(), output.lastOpaque(), output.lastKey());
        outstanding++;
        continue;
      }
      if (next == null) {
        if (inFlightBytes >= WINDOW_BYTES) {
          return;
        }
        if (!items.hasNext()) {
          output.appendNoOp();
          outstanding++;
          stage = Stage.AWAITING_END;
          return;
        }
        next = items.next();
      }
      long weight = handler.weight(next);
      if (inFlightBytes > 0 && inFlightBytes + weight > WINDOW_BYTES) {
        return;
      }
      long before = output.lastRequestEnd();
      handler.writeRequest(next, output);
      boolean isSent = output.lastRequestEnd() > before;
      pending.add(
          next, isSent ? output.lastRequestEnd() : NOT_SENT, output.lastOpaque(), output.lastKey());
      outstanding += isSent ? 1 : 0;
      inFlightBytes += weight;
      next = null;
    }
  }

  @Override
  void handleResponses() throws IOException {
    while (!pending.isEmpty()) {
      MetaResponse response = null;
      if (pending.firstEnd() != NOT_SENT) {
        response = pollResponse(pending.firstEnd(), pending.firstOpaque(), pending.firstKey());
        if (response == null) {
          return;
        }
      }
      requireUninterrupted();
      T item = pending.removeFirst();
      if (item == null) {
        MetaCommand.RETURN_TOKEN.isSuccess(response);
        continue;
      }
      inFlightBytes -= handler.weight(item);
      handler.handleResponse(item, response);
      if (response != null && response.hasWonToken() && response.cas() != 0) {
        won.add(new WonToken(handler.key(item), response.cas()));
      }
    }
    if (stage == Stage.AWAITING_END) {
      MetaResponse last = pollResponse(output.lastRequestEnd(), output.lastOpaque(), null);
      if (last == null) {
        return;
      }
      MetaCommand.NO_OP.isSuccess(last);
      stage = won.isEmpty() ? Stage.ENDED : Stage.WRITING;
    }
    requireNothingMore();
  }

  /** Returns the next response, to the request that ends there; null if it has not arrived. */
  private MetaResponse pollResponse(long end, long opaque, CacheKey key) throws IOException {
    MetaResponse response = pollResponse(opaque, key);
    if (response == null) {
      return null;
    }
    requireSent(end);
    outstanding--;
    return response;
  }
}
