package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Takes connections, and closes those that are too many, without an answer. Jetty's own
 * {@code NetworkConnectionLimit} takes none from anybody then.
 */
final class ClientConnector extends ServerConnector {
  private final Places places;
  private final TrustedProxies proxies;

  ClientConnector(Server server, HttpSettings settings, ConnectionFactory... protocols) {
    super(server, protocols);
    int most = settings.limits().connections();
    this.places = new Places(most, most);
    this.proxies = settings.proxy().trusted();
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    InetAddress client =
        channel.socket().getRemoteSocketAddress() instanceof InetSocketAddress address
            ? address.getAddress()
            : InetAddress.getLoopbackAddress();
    boolean isAdmitted =
        proxies.include(client) ? places.tryTakeShared(client) : places.tryTake(client);
    SocketChannelEndPoint connection = new ClientEndPoint(
        channel, selector, key, getScheduler(), getExecutor(), isAdmitted, () -> {
          if (isAdmitted) {
            places.giveBack(client);
          }
        });
    connection.setIdleTimeout(getIdleTimeout());
    return connection;
  }
}
