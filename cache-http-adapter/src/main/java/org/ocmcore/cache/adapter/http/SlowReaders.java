package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Disconnects clients that read too slowly, since their answers hold memory. Event streams hold
 * none and may be slow, but must take something within a minute. Safe for use by any number of
 * threads.
 *
 * <p>Jetty's own {@code MinimumDataRateHandler} gives short answers milliseconds.
 */
final class SlowReaders extends Handler.Wrapper {
  /** In bytes a second. */
  private static final long MIN_RATE = 16 * 1024;

  /** The time over which the rate is measured; no client is too slow before. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How long one write of an event stream may take. */
  private static final Duration EVENT_PATIENCE = Duration.ofMinutes(1);

  private final long minRate;
  private final Duration grace;
  private final Duration eventPatience;

  SlowReaders() {
    this(MIN_RATE, GRACE, EVENT_PATIENCE);
  }

  /** @param eventPatience how long one write of an event stream over HTTP/2 may take */
  SlowReaders(long minRate, Duration grace, Duration eventPatience) {
    this.minRate = minRate;
    this.grace = grace;
    this.eventPatience = eventPatience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(request, new Watched(request, response), callback);
  }

  private final class Watched extends Response.Wrapper {
    private final boolean isHttp2;
    private boolean begun;

    /** When the measurement began; it restarts after each grace time, as buffers fill fast. */
    private long since;

    private long written;

    Watched(Request request, Response response) {
      super(request, response);
      isHttp2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      long nanos = begun ? NanoTime.since(since) : 0;
      if (!begun || nanos > grace.toNanos()) {
        if (begun && isSlow(nanos)) {
          callback.failed(new TimeoutException("the client reads too slowly"));
          return;
        }
        begun = true;
        since = NanoTime.now();
        written = 0;
      }
      int more = bytes == null ? 0 : bytes.remaining();
      written += more;
      super.write(last, bytes, isHttp2 && more > 0 ? timed(more, callback) : callback);
    }

    /** A client of HTTP/2 can take single bytes, so that one write never ends. */
    private Callback timed(int bytes, Callback callback) {
      Duration patience = mayBeSlow() ? eventPatience : grace.plusSeconds(bytes / minRate);
      Scheduler.Task end = getRequest()
          .getComponents()
          .getScheduler()
          .schedule(
              () -> Http2Streams.cancel(getRequest()), patience.toMillis(), TimeUnit.MILLISECONDS);
      return Callback.from(callback, end::cancel);
    }

    private boolean isSlow(long nanos) {
      return written < minRate * (nanos / (double) Duration.ofSeconds(1).toNanos()) && !mayBeSlow();
    }

    private boolean mayBeSlow() {
      return "text/event-stream".equals(getHeaders().get(HttpHeader.CONTENT_TYPE));
    }
  }
}
