package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.ocmcore.cache.domain.Requester;
import org.ocmcore.cache.domain.error.Cancelled;

/**
 * Whether the client of a request is still connected and has not waited too long. A client that
 * only ends its half of the connection counts as gone. Safe for use by any number of threads.
 */
final class ClientPresence implements Requester {
  private static final String ATTRIBUTE = ClientPresence.class.getName();

  /** A look at the connection is a call of the system. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final EndPoint connection;
  private final boolean sharesConnection;
  private final Duration most;
  private final long begin = NanoTime.now();
  private volatile long lastLook = begin;
  private volatile boolean gone;

  private ClientPresence(Request request, Duration most) {
    EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
    // Below TLS is the connection itself.
    this.connection = end instanceof EndPoint.Wrapper encrypted ? encrypted.unwrap() : end;
    this.sharesConnection = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    this.most = most;
  }

  /** Begins to watch the client of this request. */
  static void watch(Request request, Duration most) {
    ClientPresence presence = new ClientPresence(request, most);
    request.setAttribute(ATTRIBUTE, presence);
    if (presence.sharesConnection) {
      request.addFailureListener(failure -> presence.gone = true);
    }
  }

  /** That of a watched request. */
  static Requester of(Request request) {
    return (Requester) request.getAttribute(ATTRIBUTE);
  }

  /** That of a request that has reached a route. */
  static Requester of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof ClientPresence presence ? presence : PATIENT;
  }

  @Override
  public void requirePresent() {
    if (isGone()) {
      throw new Cancelled("the request", "its client has closed the connection");
    }
  }

  private boolean isGone() {
    long last = lastLook;
    if (!gone && NanoTime.since(last) > PAUSE_NANOS) {
      lastLook = NanoTime.now();
      gone = !sharesConnection && connection instanceof ClientEndPoint client && client.isGone();
    }
    return gone;
  }

  @Override
  public void requireWaiting() {
    requirePresent();
    if (NanoTime.since(begin) > most.toNanos()) {
      throw new RequestRejected(new Problem(
              Kind.TOOK_TOO_LONG,
              "it took longer than %d s; ask for less, or set CACHE_HTTP_REQUEST_SECONDS"
                  .formatted(most.toSeconds()))
          .lasting());
    }
  }
}
