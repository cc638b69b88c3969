package org.ocmcore.cache.adapter.memcached;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The servers behind a name: one for each of its addresses, named {@code name:port (address)} and
 * sorted by address. A name with a single address, or with one of each family, is one server. Once
 * a name has had several addresses, it stays a group of servers, so that those which remain keep
 * their names.
 */
final class NameNodes implements NodeFinder {
  private final ServerAddress name;
  private final Resolver resolver;

  NameNodes(ServerAddress name, Resolver resolver) {
    this.name = name;
    this.resolver = resolver;
  }

  @Override
  public List<ServerAddress> find(List<ServerAddress> present) throws UnknownHostException {
    List<InetAddress> all = resolver.resolve(name.host(), name.port()).stream()
        .map(InetSocketAddress::getAddress)
        .toList();
    if (all.isEmpty()) {
      throw new UnknownHostException("it has no address");
    }
    return chosen(all, present).stream().map(this::node).toList();
  }

  /** One family only: a host may have an address of each. The family stays as long as it can. */
  private static List<InetAddress> chosen(List<InetAddress> all, List<ServerAddress> present) {
    boolean isGroup = !present.isEmpty();
    boolean isLongNow = isGroup && present.get(0).host().contains(":");
    List<InetAddress> first = family(all, isLongNow);
    if (first.size() > 1 || isGroup && !first.isEmpty()) {
      return first;
    }
    List<InetAddress> second = family(all, !isLongNow);
    return second.size() > 1 || isGroup ? second : List.of();
  }

  private static List<InetAddress> family(List<InetAddress> all, boolean isLong) {
    return all.stream()
        .filter(address -> address.getAddress().length > 4 == isLong)
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .distinct()
        .toList();
  }

  private ServerAddress node(InetAddress address) {
    String text = address.getHostAddress();
    return new ServerAddress(
        text, name.port(), "%s (%s)".formatted(name.text(), text), name.weight(), name.host());
  }
}
