package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Server-sent events for one client. Nothing waits for the client: while it has not read the last
 * events, no new ones are made. The stream ends without a last event as soon as its client may not
 * have opened it any more. Safe for use by any number of threads.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the form</a>
 */
final class EventStream implements WriteListener {
  /** After this time without news it sends a comment, which shows that it is alive. */
  private static final long QUIET_MILLIS = 2_000;

  private final EventSource source;
  private final ServletOutputStream out;
  private final BooleanSupplier validity;
  private final String requestId = RequestId.current();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** What to send next, or empty. */
  private final EventText waiting = new EventText();

  private boolean flushed = true;
  private int quietPolls;

  /** Whether the client can receive. */
  private boolean hasBegun;

  /** Whether nothing follows after the waiting text. */
  private boolean isLast;

  /** Whether the client is gone or has all: the container may reuse the stream now. */
  private boolean isOver;

  /** @param validity whether the client is still the caller who opened the stream */
  EventStream(EventSource source, ServletOutputStream out, BooleanSupplier validity) {
    this.source = source;
    this.out = out;
    this.validity = validity;
  }

  /** Completes when all is sent, or the client is gone or not valid any more. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Sends what is new if the client has read the last events. */
  void publish() {
    update(() -> {
      if (isLast) {
        return;
      }
      if (hasBegun && waiting.isEmpty()) {
        addNews();
      } else {
        source.keepUp();
      }
    });
  }

  /** Sends what is new, and ends the stream. */
  void finish() {
    update(() -> {
      if (hasBegun && !isLast) {
        addNews();
      }
      isLast = true;
    });
  }

  /** Ends the stream at once. */
  void abandon() {
    synchronized (this) {
      isOver = true;
    }
    ended.complete(null);
  }

  @Override
  public void onWritePossible() {
    update(() -> {
      if (!hasBegun) {
        hasBegun = true;
        addNews();
      }
    });
  }

  @Override
  public void onError(Throwable clientIsGone) {
    abandon();
  }

  private void addNews() {
    isLast = source.addNews(waiting);
    if (!waiting.isEmpty()) {
      quietPolls = 0;
    } else if (!isLast && ++quietPolls * source.pollMillis() >= QUIET_MILLIS) {
      waiting.comment();
      quietPolls = 0;
    }
  }

  /** Applies the change, sends as much as possible, and ends the stream if that was all. */
  private void update(Runnable change) {
    boolean all;
    synchronized (this) {
      if (isOver) {
        return;
      }
      try {
        // What waits for a slow client is not sent either.
        all = !validity.getAsBoolean();
        if (!all) {
          change.run();
          all = send();
        }
      } catch (IOException clientIsGone) {
        all = true;
      } catch (RuntimeException e) {
        RequestId.logged(requestId, () -> Problems.internal("following " + source.title(), e));
        all = true;
      }
      isOver = all;
    }
    if (all) {
      ended.complete(null);
    }
  }

  /** Sends as much as the client takes; returns whether all is sent. */
  private boolean send() throws IOException {
    while (hasBegun && out.isReady()) {
      if (!flushed) {
        out.flush();
        flushed = true;
      } else if (!waiting.isEmpty()) {
        out.write(waiting.take());
        flushed = false;
      } else {
        return isLast;
      }
    }
    return isLast && !hasBegun;
  }
}
