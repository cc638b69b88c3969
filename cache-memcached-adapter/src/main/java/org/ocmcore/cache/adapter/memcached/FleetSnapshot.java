package org.ocmcore.cache.adapter.memcached;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The servers at one time, and the ring over them. Immutable; servers that join or leave make
 * another fleet.
 */
final class FleetSnapshot {
  private final List<Member> members;
  private final List<Server> servers;
  private final List<String> names;
  private final Map<String, Member> byName = new LinkedHashMap<>();
  private final AtomicReference<Ring.Placement> placement = new AtomicReference<>();

  /** A server and its address, which rings hash. */
  record Member(ServerAddress address, Server server) {}

  FleetSnapshot(List<Member> members) {
    this.members = List.copyOf(members);
    servers = members.stream().map(Member::server).toList();
    names = servers.stream().map(Server::name).toList();
    members.forEach(member -> byName.put(member.server().name(), member));
  }

  List<Member> members() {
    return members;
  }

  /** Returns the servers in their order. */
  List<Server> servers() {
    return servers;
  }

  List<String> names() {
    return names;
  }

  List<ServerAddress> addresses() {
    return members.stream().map(Member::address).toList();
  }

  boolean isSingle() {
    return servers.size() == 1;
  }

  /** Returns the server of this name; empty if there is none. */
  Optional<Member> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the server that a ring gives; the first placement stays, so keys do not move. */
  Server ownerOf(byte[] key, Supplier<Ring.Placement> ring) {
    if (isSingle()) {
      return servers.get(0);
    }
    if (placement.get() == null) {
      placement.compareAndSet(null, ring.get());
    }
    return servers.get(placement.get().serverOf(key));
  }
}
