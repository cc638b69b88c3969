package org.ocmcore.cache.adapter.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The hosts under which clients may reach this service. Ports do not matter: port forwarding
 * changes them, and an attack by DNS rebinding needs a host that is not known here.
 */
final class KnownHosts {
  private final Set<String> names;

  KnownHosts(HttpSettings settings) {
    names = new HashSet<>(settings.allowedHosts());
    names.add(settings.host().toLowerCase(Locale.ROOT));
  }

  /** @param listener the address at which the request arrived */
  boolean include(Authority authority, SocketAddress listener) {
    return authority.isLoopback()
        || names.contains(authority.host())
        || authority.address().isPresent()
            && listener instanceof InetSocketAddress local
            && authority.address().get().equals(local.getAddress());
  }
}
