package org.ocmcore.cache.adapter.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The hosts that are this service. Their ports do not matter: a page that points a name of its own
 * at this service needs a name that is not known here, and whoever forwards a port changes it.
 */
final class KnownHosts {
  private final Set<String> names;

  KnownHosts(HttpSettings settings) {
    names = new HashSet<>(settings.allowedHosts());
    names.add(settings.host().toLowerCase(Locale.ROOT));
  }

  /** @param listener the address that the request came to */
  boolean include(Authority authority, SocketAddress listener) {
    return authority.isLoopback()
        || names.contains(authority.host())
        || authority.address().isPresent()
            && listener instanceof InetSocketAddress local
            && authority.address().get().equals(local.getAddress());
  }
}
