package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.domain.job.Job;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clients that follow jobs. One thread polls the jobs of all clients, and never waits for a
 * client. Safe for use by any number of threads.
 */
final class EventStreams implements AutoCloseable {
  private static final long POLL_MILLIS = 500;

  /** How long a client has to read the last event when the service stops. */
  private static final long LAST_MILLIS = 1_000;

  private final JobAnswers answers;
  private final JsonMapper json;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<EventStream> open = new HashSet<>();
  private final int most;
  private boolean closed;

  /** @param most the most clients at the same time; each costs a connection and some memory */
  EventStreams(JobAnswers answers, JsonMapper json, int most) {
    this.answers = answers;
    this.json = json;
    this.most = most;
    timer = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "events");
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Answers with the events of this job. Returns at once; events follow until the job ends.
   *
   * @throws RequestRejected if too many clients follow already
   */
  void follow(Job job, Context context) {
    if (context.method() == HandlerType.HEAD) {
      begin(context);
    } else {
      context.future(() -> {
        // Jobs have no time limit.
        context.req().getAsyncContext().setTimeout(0);
        try {
          return stream(job, context);
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

  private CompletableFuture<Void> stream(Job job, Context context) throws IOException {
    ServletOutputStream out = context.res().getOutputStream();
    EventStream stream = new EventStream(job, now -> json.writeValueAsString(answers.of(now)), out);
    Future<?> polling = admit(stream);
    begin(context);
    out.setWriteListener(stream);
    return stream.ended().whenComplete((nothing, failure) -> {
      polling.cancel(false);
      remove(stream);
    });
  }

  private synchronized Future<?> admit(EventStream stream) {
    if (closed) {
      throw new RequestRejected(Kind.TOO_MANY_STREAMS, "the service is stopping");
    }
    if (open.size() == most) {
      throw new RequestRejected(
          Kind.TOO_MANY_STREAMS,
          "%d clients follow jobs already; look at the job itself meanwhile, or set CACHE_HTTP_MAX_EVENT_STREAMS"
              .formatted(most));
    }
    open.add(stream);
    return timer.scheduleWithFixedDelay(
        stream::publish, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void remove(EventStream stream) {
    open.remove(stream);
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
  }
}
