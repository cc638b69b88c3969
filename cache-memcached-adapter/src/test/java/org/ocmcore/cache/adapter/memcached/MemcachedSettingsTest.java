package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemcachedSettingsTest {
  @Test
  void serversKeepTheirConfiguredOrder() {
    assertEquals(
        List.of("b.example:11211", "127.0.0.1:1", "[::1]:65535"),
        MemcachedSettings.parse("b.example:11211, 127.0.0.1:1 ,[::1]:65535").servers());
  }

  @Test
  void ipv6AddressesAreParsedWithoutBrackets() {
    assertEquals("::1", ServerAddress.parse("[::1]:11211").host());
  }

  @Test
  void theDefaultPortIsThatOfMemcached() {
    assertEquals(
        List.of(
            new ServerAddress("a", 11_211, "a:11211", 1),
            new ServerAddress("::1", 11_211, "[::1]:11211", 1)),
        MemcachedSettings.parse("a,[::1]").addresses());
  }

  @Test
  void unixSocketsAreNamedByTheirPaths() {
    ServerAddress address = ServerAddress.parse("unix:/run/memcached:1.sock");
    assertEquals("/run/memcached:1.sock", address.host());
    assertEquals("unix:/run/memcached:1.sock", address.text());
    assertTrue(address.isUnixSocket());
  }

  @Test
  void unixSocketsHaveNoTls() {
    MemcachedSettings plain = MemcachedSettings.parse("a,unix:/run/cache.sock");
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> plain.withTls(TlsSettings.verified()));
    assertEquals(
        "server \"unix:/run/cache.sock\" is a unix socket, which has no TLS:"
            + " name servers of one kind",
        failure.getMessage());
  }

  @Test
  void passwordsAreNotShown() {
    MemcachedSettings settings =
        MemcachedSettings.parse("a").withCredentials(new Credentials("user", "hunter2"));
    assertTrue(settings.toString().contains("user=user, password=***"), settings.toString());
    assertFalse(settings.toString().contains("hunter2"));
  }

  @Test
  void weightsAreNoPartOfServerNames() {
    assertEquals(
        List.of(
            new ServerAddress("a", 1, "a:1", 1),
            new ServerAddress("b", 2, "b:2", 3),
            new ServerAddress("::1", 3, "[::1]:3", 1_000)),
        MemcachedSettings.parse("a:1,b:2:3,[::1]:3:1000").addresses());
  }

  @Test
  void ringsWithoutWeightsRejectThem() {
    List<String> servers = List.of("a:1", "b:1:2");
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class,
        () -> new MemcachedSettings(servers, Duration.ofSeconds(1), Ring.MODULO, FeedMode.AUTO));
    assertEquals(
        "server \"b:1:2\" has a weight, but the ring modulo knows none: leave the weight out, or set"
            + " a ring with weights: ketama, libmemcached-ketama, libmemcached-consistent,"
            + " dalli, python-memcached, twemproxy",
        failure.getMessage());
    List<String> equal = List.of("a:1:1", "b:1");
    assertEquals(
        equal,
        new MemcachedSettings(equal, Duration.ofSeconds(1), Ring.MODULO, FeedMode.AUTO).servers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|\"\"",
        "a:1,|\"\"",
        "a:1,,b:2|\"\"",
        "a:0|port 0",
        "a:65536|port 65536",
        "a:123456|\"a:123456\"",
        "a:x|\"a:x\"",
        "a:-1|\"a:-1\"",
        ":11211|\":11211\"",
        "::1:11211|\"::1:11211\"",
        "a::2|\"a::2\"",
        "unix:run/cache.sock|\"unix:run/cache.sock\"",
        "unix:|\"unix:\"",
        "unix:/a b|\"unix:/a b\"",
        "/run/cache.sock|\"/run/cache.sock\"",
        "a,a:11211|\"a:11211\" is named twice",
        "a b:1|\"a b:1\"",
        "a:1:|\"a:1:\"",
        "a:1:x|\"a:1:x\"",
        "a:1:1.5|\"a:1:1.5\"",
        "a:1:0|weight 0",
        "a:1:1001|weight 1001",
        "a:1:2:3|\"a:1:2:3\"",
        "a:1:2,b:2,a:1:3|\"a:1:3\" is named twice",
        "a:1,b:2,a:1|\"a:1\" is named twice",
      })
  void theMessageNamesTheInvalidServer(String servers, String named) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> MemcachedSettings.parse(servers));
    assertTrue(failure.getMessage().contains(named), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:112110|port 112110 is not within 1 to 65535",
        "::1:11211|write an IPv6 address in brackets, such as [::1]:11211",
        "fe80:0:0:0:0:0:0:1|write an IPv6 address in brackets, such as [::1]:11211",
        "a:1:2:3|is not host, host:port, host:port:weight or unix:/path",
      })
  void theMessageSaysWhatIsWrong(String server, String reason) {
    String message = assertThrows(
            IllegalArgumentException.class, () -> MemcachedSettings.parse(server))
        .getMessage();
    assertTrue(message.startsWith("server \"%s\"".formatted(server)), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void theMessageListsInvalidServersAndAnExample() {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> MemcachedSettings.parse("a:,b:0,ok:1,c:1:0,ok:1"));
    assertEquals(
        "server \"a:\" is not host, host:port, host:port:weight or unix:/path; server \"b:0\": port 0 is not within 1 to 65535;"
            + " server \"c:1:0\": weight 0 is not within 1 to 1000; server \"ok:1\" is named twice."
            + " Write host:port, such as cache1:11211, or unix:/path, separated by commas",
        failure.getMessage());
  }

  @Test
  void anEmptyServerListIsRejected() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new MemcachedSettings(List.of(), Duration.ofSeconds(1), Ring.KETAMA, FeedMode.AUTO));
  }

  @Test
  void timeoutsOutOfRangeAreRejected() {
    for (Duration timeout :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new MemcachedSettings(List.of("a:1"), timeout, Ring.KETAMA, FeedMode.AUTO));
    }
  }

  @Test
  void thePathOfASocketMustFitIntoItsAddress() {
    String longest = "unix:/" + "x".repeat(106);
    assertEquals(List.of(longest), MemcachedSettings.parse(longest).servers());
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> MemcachedSettings.parse("unix:/" + "x".repeat(107)));
    assertTrue(failure.getMessage().contains("at most 107 bytes"), failure.getMessage());
  }
}
