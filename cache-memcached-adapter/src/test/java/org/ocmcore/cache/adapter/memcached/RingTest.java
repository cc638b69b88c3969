package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares rings with what their clients did: each digit is the server of one of 50 keys. */
final class RingTest {
  private static final List<String> KEYS = IntStream.range(0, 50)
      .mapToObj(i -> i < 36 ? "key:" + i : (i - 36) + ".ключ")
      .toList();

  @ParameterizedTest
  @CsvSource({
    "libmemcached-ketama, 1, 1, 1, 21121202121200111021110110020211201200210200020112",
    "libmemcached-ketama, 1, 2, 4, 21222202121220111222112112220211222200212200222112",
    "libmemcached-consistent, 1, 1, 1, 10100222121220210222112201002111100010011222201000",
    "libmemcached-consistent, 1, 2, 4, 11012222221120111122102221112122222112222222122021",
    "dalli, 1, 1, 1, 12221211221222022111002222120000000022102002012222",
    "dalli, 1, 2, 4, 22222221221222022112212222222200122022102022212222",
    "pymemcache, 1, 1, 1, 12100202210011212201222222221020021002121000111010",
    "python-memcached, 1, 1, 1, 02002222220221101022021011201100100121112122002122",
    "python-memcached, 1, 2, 4, 21220122222111222222220222222010211211121211001210",
    "twemproxy, 1, 1, 1, 00000000002222222222222222222222222201020102202002",
    "twemproxy, 1, 2, 4, 00000000002222222222222222222222222221022102222002"
  })
  void keysArePlacedAsByTheClient(String ring, int first, int second, int third, String expected) {
    List<ServerAddress> servers = List.of(
        new ServerAddress("127.0.0.1", 21_001, "", first),
        new ServerAddress("127.0.0.2", 11_211, "", second),
        new ServerAddress("127.0.0.3", 21_003, "", third));
    Ring.Placement placement = Ring.named(ring).placement(servers, List::of);
    assertEquals(
        expected,
        KEYS.stream()
            .map(key -> "" + placement.serverOf(key.getBytes(UTF_8)))
            .collect(Collectors.joining()));
  }

  @Test
  void ringsAreNamedAsInSettings() {
    for (Ring ring : Ring.values()) {
      assertEquals(ring, Ring.named(ring.text()));
    }
    assertEquals(
        "it must be ketama, modulo, libmemcached-ketama, libmemcached-consistent, dalli, pymemcache,"
            + " python-memcached or twemproxy",
        assertThrows(IllegalArgumentException.class, () -> Ring.named("KETAMA")).getMessage());
  }
}
