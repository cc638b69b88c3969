package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The servers behind a name, by its addresses. */
final class NameNodesTest {
  private static final ServerAddress NAME = ServerAddress.parse("cache.test:11211:3");

  private static List<ServerAddress> find(List<ServerAddress> present, String... addresses)
      throws UnknownHostException {
    return new NameNodes(
            NAME,
            (host, port) -> Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, port))
                .toList())
        .find(present);
  }

  private static List<String> names(List<ServerAddress> servers) {
    return servers.stream().map(ServerAddress::text).toList();
  }

  @Test
  void eachAddressIsAServerInSortedOrder() throws Exception {
    List<ServerAddress> found = find(List.of(), "10.0.0.10", "10.0.0.9", "200.0.0.1");
    assertEquals(
        List.of(
            "cache.test:11211 (10.0.0.9)",
            "cache.test:11211 (10.0.0.10)",
            "cache.test:11211 (200.0.0.1)"),
        names(found));
    assertEquals(
        new ServerAddress("10.0.0.9", 11211, "cache.test:11211 (10.0.0.9)", 3, "cache.test"),
        found.get(0));
  }

  @Test
  void aNameWithOneAddressIsOneServer() throws Exception {
    assertEquals(List.of(), find(List.of(), "10.0.0.9"));
    assertEquals(List.of(), find(List.of(), "10.0.0.9", "10.0.0.9"));
  }

  @Test
  void oneAddressOfEachFamilyIsOneServer() throws Exception {
    assertEquals(List.of(), find(List.of(), "127.0.0.1", "::1"));
  }

  @Test
  void onlyOneFamilyCounts() throws Exception {
    assertEquals(
        List.of("cache.test:11211 (10.0.0.1)", "cache.test:11211 (10.0.0.2)"),
        names(find(List.of(), "fd00::1", "10.0.0.2", "fd00::2", "10.0.0.1")));
    assertEquals(
        List.of("cache.test:11211 (fd00:0:0:0:0:0:0:1)", "cache.test:11211 (fd00:0:0:0:0:0:0:2)"),
        names(find(List.of(), "fd00::2", "10.0.0.1", "fd00::1")));
  }

  @Test
  void theLastOfSeveralKeepsItsName() throws Exception {
    List<ServerAddress> two = find(List.of(), "10.0.0.1", "10.0.0.2");
    assertEquals(List.of("cache.test:11211 (10.0.0.2)"), names(find(two, "10.0.0.2")));
    assertEquals(List.of("cache.test:11211 (10.0.0.2)"), names(find(two, "10.0.0.2", "fd00::1")));
  }

  @Test
  void theFamilyStaysAsLongAsItCan() throws Exception {
    List<ServerAddress> two = find(List.of(), "fd00::1", "fd00::2");
    assertEquals(
        List.of("cache.test:11211 (fd00:0:0:0:0:0:0:2)"),
        names(find(two, "10.0.0.1", "10.0.0.2", "fd00::2")));
    assertEquals(List.of("cache.test:11211 (10.0.0.1)"), names(find(two, "10.0.0.1")));
  }

  @Test
  void noAddressIsAFailure() {
    assertThrows(UnknownHostException.class, () -> find(List.of()));
  }
}
