package org.ocmcore.cache.adapter.memcached;

import java.net.InetAddress;
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
  private final HostLookup lookup;

  /** Looks up all addresses of a host. */
  @FunctionalInterface
  interface HostLookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  NameNodes(ServerAddress name, HostLookup lookup) {
    this.name = name;
    this.lookup = lookup;
  }

  @Override
  public List<ServerAddress> find(List<ServerAddress> present) throws UnknownHostException {
    InetAddress[] all = lookup.addresses(name.host());
    if (all.length == 0) {
      throw new UnknownHostException("it has no address");
    }
    return chosen(all, present).stream().map(this::node).toList();
  }

  /** One family only: a host may have an address of each. The family stays as long as it can. */
  private static List<InetAddress> chosen(InetAddress[] all, List<ServerAddress> present) {
    boolean isGroup = !present.isEmpty();
    boolean isLongNow = isGroup && present.get(0).host().contains(":");
    List<InetAddress> first = family(all, isLongNow);
    if (first.size() > 1 || isGroup && !first.isEmpty()) {
      return first;
    }
    List<InetAddress> second = family(all, !isLongNow);
    return second.size() > 1 || isGroup ? second : List.of();
  }

  private static List<InetAddress> family(InetAddress[] all, boolean isLong) {
    return Arrays.stream(all)
        .filter(address -> address.getAddress().length > 4 == isLong)
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .distinct()
        .toList();
  }

  private ServerAddress node(InetAddress address) {
    String text = address.getHostAddress();
    return new ServerAddress(
        text, name.port(), "%s (%s)".formatted(name.text(), text), name.weight());
  }
}
