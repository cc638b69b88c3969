package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static boolean trusts(String proxies, String address) {
    return TrustedProxies.parse(proxies).include(IpLiteral.parse(address).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 127.0.0.1 | 127.0.0.2",
        "10.0.0.0/8 | 10.255.1.2 | 11.0.0.0",
        "10.2.0.0/15 , 192.168.1.0/25 | 192.168.1.127 | 192.168.1.128",
        "10.2.0.0/15 | 10.3.255.255 | 10.4.0.0",
        "0.0.0.0/0 | 203.0.113.7 | ::1",
        "::/0 | fd00::1 | 127.0.0.1",
        "fd00::/8 | fdff::1 | fe00::1",
        "2001:db8::/33 | 2001:db8:7fff::1 | 2001:db8:8000::1",
        "[fd00::1] | fd00:0:0::1 | fd00::2",
        "::ffff:10.0.0.1 | 10.0.0.1 | 10.0.0.2"
      })
  void aRangeIncludesItsAddressesOnly(String proxies, String inside, String outside) {
    assertTrue(trusts(proxies, inside));
    assertFalse(trusts(proxies, outside));
  }

  @Test
  void withoutProxiesNobodyIsTrusted() {
    assertFalse(trusts("", "127.0.0.1"));
    assertFalse(trusts(" ", "::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "proxy.example",
        "10.0.0",
        "010.0.0.1",
        "10.0.0.256",
        "999.1.1.1",
        "10.0.0.1:80",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/8/8",
        "/8",
        "fd00::/129",
        "fd00::1/8",
        "fd00::1%eth0",
        "[fd00::1",
        "[10.0.0.1]",
        ".:",
        "10.0.0.1,",
        "10.0.0.1;10.0.0.2"
      })
  void whatIsNoRangeIsRejected(String wrong) {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> TrustedProxies.parse("127.0.0.1," + wrong));
    String named = wrong.endsWith(",") ? "\"\"" : '"' + wrong + '"';
    assertTrue(failure.getMessage().startsWith(named), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/cache", "/tools/cache", "/a.b/~c_d-E9", "/..."})
  void aBasePathIsTakenAsItIs(String path) {
    assertEquals(path, ProxySettings.parseBasePath(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "cache", "/cache/", "//cache", "/a//b", "/a b", "/a%20b", "/a;b", "/é", "/..", "/./a",
        "/a/../b", "/{key}", "/a*", "/a?b", "/a\n"
      })
  void whatIsNoBasePathIsRejected(String wrong) {
    assertThrows(IllegalArgumentException.class, () -> ProxySettings.parseBasePath(wrong));
  }
}
