package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * HTTP/2 with a deadline for the next request of a connection that has none. Jetty alone only ends
 * connections on which nothing arrives, so that a byte of a head or a ping now and then would keep
 * one for ever.
 */
final class TimedHttp2 extends HTTP2ServerConnectionFactory {
  /** How often a connection is looked at within its deadline. */
  private static final int LOOKS = 4;

  private final Duration deadline;

  /** @param deadline for a head, from the end of the last request or of the handshake */
  TimedHttp2(HttpConfiguration http, Duration deadline) {
    super(http);
    this.deadline = deadline;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HTTP2Connection connection = (HTTP2Connection) super.newConnection(connector, endPoint);
    new Watch(connection, connector.getScheduler()).lookLater();
    return connection;
  }

  /** Looks at one connection until that is closed. One look runs at a time. */
  private final class Watch implements Runnable {
    private final EndPoint endPoint;
    private final HTTP2Session session;
    private final Scheduler scheduler;

    /** When a request was last seen. */
    private long since = NanoTime.now();

    private long requests;
    private boolean warned;

    Watch(HTTP2Connection connection, Scheduler scheduler) {
      this.endPoint = connection.getEndPoint();
      this.session = connection.getSession();
      this.scheduler = scheduler;
    }

    void lookLater() {
      scheduler.schedule(this, deadline.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
      if (!endPoint.isOpen()) {
        return;
      }
      long opened = session.getStreamsOpened();
      if (opened != requests || !session.getStreams().isEmpty()) {
        requests = opened;
        since = NanoTime.now();
      } else if (warned) {
        endPoint.close();
      } else if (NanoTime.since(since) > deadline.toNanos()) {
        // Until the next look the client can end its half of the connection.
        warned = true;
        session.close(ErrorCode.NO_ERROR.code, "no request", Callback.NOOP);
      }
      lookLater();
    }
  }
}
