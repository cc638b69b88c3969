package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
  private static boolean isKnown(HttpSettings settings, String host, String listener) {
    return new KnownHosts(settings)
        .include(Authority.parse(host), new InetSocketAddress(listener, 8080));
  }

  @Test
  void theAddressOfTheListenerIsKnown() {
    HttpSettings everywhere = new HttpSettings("0.0.0.0", 8080);
    assertTrue(isKnown(everywhere, "10.0.0.5:9", "10.0.0.5"));
    assertTrue(isKnown(everywhere, "[FD00::5]", "fd00:0:0::5"));
    assertTrue(isKnown(everywhere, "[fe80::5]", "fe80::5%1"));
    assertFalse(isKnown(everywhere, "10.0.0.6", "10.0.0.5"));
    assertFalse(isKnown(everywhere, "cache.example", "10.0.0.5"));
  }

  @Test
  void theNameOfTheListenerIsKnown() {
    HttpSettings named = new HttpSettings("Cache.Example", 8080);
    assertTrue(isKnown(named, "cache.example:80", "10.0.0.5"));
    assertFalse(isKnown(named, "other.example", "10.0.0.5"));
  }

  @Test
  void allowedHostsAreNamesAndAddresses() {
    assertEquals(Set.of(), HttpSettings.parseHosts(""));
    assertEquals(
        Set.of("a.example", "b_2", "10.0.0.1", "fd00:0:0:0:0:0:0:1"),
        HttpSettings.parseHosts("A.example., b_2:8080 ,10.0.0.1,[fd00::1]:443"));
  }

  @Test
  void anInvalidHostIsNamed() {
    for (String wrong : List.of(
        "*",
        "*.example",
        "http://a.example",
        "a.example/",
        "a..example",
        ".example",
        "a b",
        "ü.example",
        "fd00::1",
        "[fd00::1",
        "[fd00::zz]",
        "[1.2.3.4.5]",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "a:",
        "a:-1",
        "x".repeat(64),
        "x.".repeat(127) + "xx")) {
      IllegalArgumentException failure = assertThrows(
          IllegalArgumentException.class, () -> HttpSettings.parseHosts("good.example," + wrong));
      assertFalse(failure.getMessage().contains("good"), failure::getMessage);
    }
    assertThrows(IllegalArgumentException.class, () -> HttpSettings.parseHosts("a,,b"));
    assertThrows(IllegalArgumentException.class, () -> HttpSettings.parseHosts("a:65536"));
  }
}
