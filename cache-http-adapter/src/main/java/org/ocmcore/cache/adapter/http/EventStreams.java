package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The clients that follow jobs or changes. One thread polls the jobs of all clients, another one
 * matches changes for all clients; neither waits for a client. Safe for use by any number of
 * threads.
 */
final class EventStreams implements AutoCloseable {
  /** How long a client has to read the last event when the service stops. */
  private static final long LAST_MILLIS = 1_000;

  private final ScheduledThreadPoolExecutor timer = timer("events");
  private final ScheduledThreadPoolExecutor costlyTimer = timer("changes");
  private final Set<EventStream> open = new HashSet<>();
  private final int most;
  private final Places places;
  private boolean closed;

  /**
   * @param most the most clients at the same time; each costs a connection and some memory. One
   *     address has no more than it leaves free
   */
  EventStreams(int most) {
    this.most = most;
    this.places = new Places(most, most);
  }

  private static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Answers with events. Returns at once; events follow until the source has no more, the client is
   * gone, or its token is not valid any more.
   *
   * @param opener opens the source, which is closed in the end; not called for a HEAD
   * @throws RequestRejected if too many clients follow already
   */
  void follow(Supplier<EventSource> opener, Context context) {
    if (context.method() == HandlerType.HEAD) {
      begin(context);
    } else {
      context.future(() -> {
        // They have no time limit.
        context.req().getAsyncContext().setTimeout(0);
        try {
          return stream(opener, context);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  private static void begin(Context context) {
    context
        .status(200)
        .contentType("text/event-stream")
        // Proxies would keep events back until they have many.
        .header("X-Accel-Buffering", "no");
  }

  private CompletableFuture<Void> stream(Supplier<EventSource> opener, Context context)
      throws IOException {
    ServletOutputStream out = context.res().getOutputStream();
    EventSource source = opener.get();
    EventStream stream = new EventStream(source, out, Authentication.validity(context.req()));
    CompletableFuture<Void> closed =
        stream.ended().whenComplete((nothing, failure) -> source.close());
    boolean hasBegun = false;
    try {
      InetAddress client = ClientAddress.of(context.req());
      Future<?> polling = admit(stream, source, client);
      CompletableFuture<Void> removed = closed.whenComplete((nothing, failure) -> {
        polling.cancel(false);
        remove(stream, client);
      });
      begin(context);
      out.setWriteListener(stream);
      hasBegun = true;
      return removed;
    } finally {
      if (!hasBegun) {
        stream.abandon();
      }
    }
  }

  private synchronized Future<?> admit(EventStream stream, EventSource source, InetAddress client) {
    if (closed) {
      throw new RequestRejected(Kind.TOO_MANY_STREAMS, "the service is stopping");
    }
    if (!places.tryTake(client)) {
      throw new RequestRejected(
          Kind.TOO_MANY_STREAMS,
          "%d of %d clients follow jobs or changes already, and one address may have no more than it leaves free; try again later, or set CACHE_HTTP_MAX_EVENT_STREAMS"
              .formatted(open.size(), most));
    }
    open.add(stream);
    long pause = source.pollMillis();
    return (source.isCostly() ? costlyTimer : timer)
        .scheduleWithFixedDelay(stream::publish, pause, pause, TimeUnit.MILLISECONDS);
  }

  private synchronized void remove(EventStream stream, InetAddress client) {
    open.remove(stream);
    places.giveBack(client);
  }

  private synchronized List<EventStream> stopping() {
    closed = true;
    return List.copyOf(open);
  }

  /** Ends all streams. Does not wait: a client has a second to read the last event. */
  @Override
  public void close() {
    for (EventStream stream : stopping()) {
      stream.finish();
      timer.schedule(stream::abandon, LAST_MILLIS, TimeUnit.MILLISECONDS);
    }
    timer.shutdown();
    costlyTimer.shutdown();
  }
}
