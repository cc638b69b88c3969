package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Collects the body of a request before a thread works on it. A slow sender costs a connection and
 * the bytes that have arrived, but no thread. Bodies of GET and HEAD are not read. Safe for use by
 * any number of threads.
 *
 * <p>Jetty's own {@code EagerContentHandler} has no deadline, and keeps whole buffers of the
 * network for single bytes.
 */
final class BodyCollector extends Handler.Wrapper {
  /** The attribute of a request that is its body, as {@code byte[]}; absent if there is none. */
  static final String BODY = BodyCollector.class.getName();

  /** The attribute of a rejected request that is its {@link BodyLimits.Limit}. */
  static final String LIMIT = BodyLimits.class.getName();

  /**
   * How long a body may take after the head, beside the time for its bytes. If nothing arrives, the
   * idle timeout of the connection may end the request earlier.
   */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** The time for a byte: half a megabyte a second. */
  private static final long NANOS_PER_BYTE = 2_000;

  private static final int FIRST_BYTES = 1024;
  private static final byte[] NONE = {};

  private final ByteBudget budget;
  private final BodyLimits limits;
  private final Duration deadline;

  BodyCollector(ByteBudget budget, BodyLimits limits) {
    this(budget, limits, DEADLINE);
  }

  BodyCollector(ByteBudget budget, BodyLimits limits, Duration deadline) {
    this.budget = budget;
    this.limits = limits;
    this.deadline = deadline;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isWanted(request)) {
      return super.handle(request, response, callback);
    }
    new Collection(request, response, callback).begin();
    return true;
  }

  /**
   * Whether there is a body (RFC 9112, section 6), and a method that uses it. In HTTP/2 no header
   * tells that there is one.
   */
  private static boolean isWanted(Request request) {
    boolean isHttp2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    boolean hasBody = request.getLength() > 0
        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        || isHttp2 && request.getLength() < 0;
    String method = request.getMethod();
    return hasBody && !HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method);
  }

  /**
   * One body that arrives. Jetty calls it from one thread at a time, and its timer from another.
   */
  private final class Collection implements Invocable.Task {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final BodyLimits.Limit limit;
    private final ByteBudget.Share memory;
    private final boolean isTooLong;
    private final long begin;
    private byte[] bytes = NONE;
    private int length;
    private boolean ended;
    private Scheduler.Task timer;

    Collection(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.memory = budget.share(ClientAddress.of(request));
      this.callback = Callback.from(callback, memory::close);
      this.limit = limits.of(request);
      this.isTooLong = request.getLength() > limit.bytes();
      this.begin = NanoTime.now();
    }

    void begin() {
      if (isTooLong && request.getHeaders().contains(HttpHeader.EXPECT)) {
        // The client waits for the answer before it sends.
        reject(HttpStatus.PAYLOAD_TOO_LARGE_413);
      } else if (collect()) {
        handOn();
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    /** Runs when more has arrived, on a thread that must not wait. */
    @Override
    public void run() {
      if (collect()) {
        request.getContext().execute(this::handOn);
      }
    }

    /** Takes what has arrived; returns whether that completes the body. */
    private synchronized boolean collect() {
      while (!ended) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          watchTime();
          request.demand(this);
          return false;
        }
        if (Content.Chunk.isFailure(chunk)) {
          reject(
              chunk.getFailure() instanceof TimeoutException
                  ? HttpStatus.REQUEST_TIMEOUT_408
                  : HttpStatus.BAD_REQUEST_400);
          return false;
        }
        int rejected = append(chunk);
        chunk.release();
        if (rejected != 0) {
          reject(rejected);
          return false;
        }
        if (chunk.isLast()) {
          end();
          return true;
        }
      }
      return false;
    }

    /** Bytes around a body, such as extensions of chunks, keep a connection from being idle. */
    private void watchTime() {
      if (timer == null) {
        timer = request
            .getComponents()
            .getScheduler()
            .schedule(this::checkTime, Math.max(nanosLeft(), 0), TimeUnit.NANOSECONDS);
      }
    }

    private synchronized void checkTime() {
      timer = null;
      if (ended) {
        return;
      }
      if (nanosLeft() <= 0) {
        reject(HttpStatus.REQUEST_TIMEOUT_408);
      } else {
        watchTime();
      }
    }

    /** Grows with what arrives. */
    private long nanosLeft() {
      return deadline.toNanos() + NANOS_PER_BYTE * length - NanoTime.since(begin);
    }

    private void end() {
      ended = true;
      if (timer != null) {
        timer.cancel();
      }
    }

    /** Appends a chunk; returns the status of the answer if the body is rejected, or 0. */
    private int append(Content.Chunk chunk) {
      int more = chunk.remaining();
      if (!chunk.isLast() && nanosLeft() < 0) {
        return HttpStatus.REQUEST_TIMEOUT_408;
      }
      if (isTooLong && !chunk.isLast() && length + more <= 2 * limit.bytes()) {
        // Read but not kept: a client that is disconnected while it sends sees no answer.
        length += more;
        return 0;
      }
      if (isTooLong || more > limit.bytes() - length) {
        return HttpStatus.PAYLOAD_TOO_LARGE_413;
      }
      if (length + more > bytes.length && !grow(length + more)) {
        return HttpStatus.SERVICE_UNAVAILABLE_503;
      }
      chunk.get(bytes, length, more);
      length += more;
      return 0;
    }

    private boolean grow(int least) {
      int most = request.getLength() < 0 ? limit.bytes() : (int) request.getLength();
      int size = Math.min(most, Math.max(Math.max(least, FIRST_BYTES), 2 * bytes.length));
      if (!memory.tryTake(size - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, size);
      return true;
    }

    private void reject(int status) {
      end();
      request.setAttribute(LIMIT, limit);
      Response.writeError(request, response, callback, status);
    }

    private void handOn() {
      request.setAttribute(BODY, length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      // This lives as long as the request, and the memory is counted once.
      bytes = NONE;
      try {
        if (!RequestId.logged(
            RequestId.of(request), () -> BodyCollector.super.handle(request, response, callback))) {
          reject(HttpStatus.NOT_FOUND_404);
        }
      } catch (Exception e) {
        Response.writeError(request, response, callback, e);
      }
    }
  }
}
