package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/**
 * Opens channels to one server. If its host name has several addresses, they are tried in order,
 * the one that worked last first. For any number of threads.
 */
final class Connector {
  private final ServerEndpoint endpoint;
  private final Optional<TlsSettings> tls;

  Connector(ServerEndpoint endpoint, Optional<TlsSettings> tls) {
    this.endpoint = endpoint;
    this.tls = tls;
  }

  /** Opens a channel that the server's text protocol runs on, encrypted if that is configured. */
  ServerChannel open(Deadline deadline) throws IOException {
    ServerChannel channel = openPlain(deadline);
    boolean usable = false;
    try {
      if (tls.isPresent()) {
        handshake(channel, tls.get(), deadline);
      }
      usable = true;
      return channel;
    } finally {
      if (!usable) {
        channel.close();
      }
    }
  }

  /** A server without TLS waits for the end of a line, so a probe needs the rest of the time. */
  private void handshake(ServerChannel channel, TlsSettings settings, Deadline deadline)
      throws IOException {
    try {
      channel.startTls(
          settings.engine(endpoint.configuredHost(), endpoint.port()), deadline.part(3, 4));
    } catch (SocketTimeoutException e) {
      if (ForeignServer.answersPlainText(this, deadline)) {
        throw ServerErrorException.permanent(TlsFailure.NO_TLS);
      }
      throw e;
    }
  }

  boolean isEncrypted() {
    return tls.isPresent();
  }

  /** Opens a channel without TLS. */
  ServerChannel openPlain(Deadline deadline) throws IOException {
    List<? extends SocketAddress> addresses = endpoint.awaitAddresses(deadline);
    IOException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      try {
        Deadline part = deadline.part(1, addresses.size() - i);
        ServerChannel channel = ServerChannel.open(addresses.get(i), part);
        endpoint.prefer(addresses.get(i));
        return channel;
      } catch (SocketTimeoutException e) {
        failure = e;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }
}
