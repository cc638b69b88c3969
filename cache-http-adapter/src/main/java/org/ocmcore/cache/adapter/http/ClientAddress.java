package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Request;

/** The address of the client that sent a request, also if trusted proxies passed it on. */
final class ClientAddress {
  private static final String ATTRIBUTE = ClientAddress.class.getName();

  private ClientAddress() {}

  /** The address; that of the connection if the request could not be parsed. */
  static InetAddress of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof InetAddress known ? known : peer(request);
  }

  /** The same for a request that has reached a route. */
  static InetAddress of(ServletRequest request) {
    return (InetAddress) request.getAttribute(ATTRIBUTE);
  }

  static void put(InetAddress client, Request request) {
    request.setAttribute(ATTRIBUTE, client);
  }

  /** The other end of the connection. One without an address is on this machine. */
  static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        ? peer.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
