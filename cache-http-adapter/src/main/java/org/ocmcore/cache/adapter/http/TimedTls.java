package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS with a deadline for the handshake, which a slow client could draw out for ever. */
final class TimedTls extends SslConnectionFactory {
  private final Duration deadline;

  /**
   * @param next the protocol inside, which negotiates those of HTTP
   * @param deadline for the handshake and the negotiation
   */
  TimedTls(SslContextFactory.Server tls, String next, Duration deadline) {
    super(tls, next);
    this.deadline = deadline;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    SslConnection connection = (SslConnection) super.newConnection(connector, endPoint);
    connector
        .getScheduler()
        .schedule(() -> closeUnlessHttp(connection), deadline.toMillis(), TimeUnit.MILLISECONDS);
    return connection;
  }

  private static void closeUnlessHttp(SslConnection connection) {
    if (!(connection.getSslEndPoint().getConnection() instanceof ConnectionMetaData)) {
      connection.getEndPoint().close();
    }
  }
}
