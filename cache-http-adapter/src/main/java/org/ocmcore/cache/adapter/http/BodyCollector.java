package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Collects the body of a request before any thread works on it: who sends slowly costs a connection
 * and what has arrived, and nothing else. What a GET or HEAD carries is not read. For any number of
 * threads.
 *
 * <p>Jetty's own {@code EagerContentHandler} has no deadline, and keeps whole buffers of the
 * network for single bytes.
 */
final class BodyCollector extends Handler.Wrapper {
  /** The most bytes of a body. */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  /** The attribute of a request that is its body, as {@code byte[]}; absent if there is none. */
  static final String BODY = BodyCollector.class.getName();

  /**
   * How long a body may take from its head on. It is looked at when something arrives; where
   * nothing does, the connection's time-out for silence ends it.
   */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final int FIRST_BYTES = 1024;

  private final ByteBudget budget;
  private final Duration deadline;

  BodyCollector(ByteBudget budget) {
    this(budget, DEADLINE);
  }

  BodyCollector(ByteBudget budget, Duration deadline) {
    this.budget = budget;
    this.deadline = deadline;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isRead(request)) {
      return super.handle(request, response, callback);
    }
    new Collecting(request, response, callback).begin();
    return true;
  }

  /** Whether there is a body (RFC 9112, section 6), and anybody wants it. */
  private static boolean isRead(Request request) {
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    String method = request.getMethod();
    return hasBody && !HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method);
  }

  /** One body on its way. Jetty calls it from one thread at a time. */
  private final class Collecting implements Invocable.Task {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final long begin = NanoTime.now();
    private byte[] bytes = {};
    private int length;

    Collecting(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = Callback.from(callback, this::giveBack);
    }

    private void giveBack() {
      budget.giveBack(bytes.length);
    }

    void begin() {
      collect(this::hand);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    /** More has arrived: on a thread that must not wait. */
    @Override
    public void run() {
      collect(() -> request.getContext().execute(this::hand));
    }

    private void collect(Runnable then) {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          refuse(
              chunk.getFailure() instanceof TimeoutException
                  ? HttpStatus.REQUEST_TIMEOUT_408
                  : HttpStatus.BAD_REQUEST_400);
          return;
        }
        int refused = take(chunk);
        chunk.release();
        if (refused != 0) {
          refuse(refused);
          return;
        }
        if (chunk.isLast()) {
          then.run();
          return;
        }
      }
    }

    /** Returns the status with which it is refused, or 0. */
    private int take(Content.Chunk chunk) {
      int more = chunk.remaining();
      if (!chunk.isLast() && NanoTime.since(begin) > deadline.toNanos()) {
        return HttpStatus.REQUEST_TIMEOUT_408;
      }
      if (request.getLength() > MAX_BYTES && length + more <= MAX_BYTES) {
        // Not kept, but read: a client that is cut off while it sends sees no answer.
        length += more;
        return 0;
      }
      if (length + more > MAX_BYTES) {
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
      int size = Math.min(MAX_BYTES, Math.max(Math.max(least, FIRST_BYTES), 2 * bytes.length));
      if (!budget.tryTake(size - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, size);
      return true;
    }

    private void refuse(int status) {
      Response.writeError(request, response, callback, status);
    }

    private void hand() {
      request.setAttribute(BODY, length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      try {
        if (!BodyCollector.super.handle(request, response, callback)) {
          refuse(HttpStatus.NOT_FOUND_404);
        }
      } catch (Exception e) {
        Response.writeError(request, response, callback, e);
      }
    }
  }
}
