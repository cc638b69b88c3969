package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Statistics, versions, addresses and the nodes of a configuration endpoint are valid or refused.
 * The input is the text that a server sends.
 */
final class ServerAnswerFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    List<String> lines = Arrays.asList(text.split("\r?\n", -1));
    statistics(lines);
    for (String line : lines) {
      ServerVersion.parse(line)
          .ifPresent(version ->
              assertEquals(version, ServerVersion.parse(version.toString()).orElseThrow()));
      nodes(line);
      address(line);
    }
  }

  private static void statistics(List<String> lines) {
    Iterator<String> rest = lines.iterator();
    try {
      StatsResponse stats = StatsResponse.read(() -> {
        if (!rest.hasNext()) {
          throw new EOFException();
        }
        return rest.next();
      });
      stats.allowsBinary();
      stats.requireNoProxy();
      stats.feedLoss();
      assertTrue(stats.time() >= 0);
      ServerStats server = stats.toServerStats(stats);
      server.hitRatio().ifPresent(ratio -> assertTrue(ratio >= 0 && ratio <= 1, ratio + ""));
    } catch (EOFException ended) {
      return;
    } catch (ProtocolException | ServerErrorException refused) {
      assertPrintable(refused);
    } catch (IOException other) {
      throw new AssertionError(other);
    }
  }

  private static void assertPrintable(IOException refused) {
    assertTrue(refused.getMessage().matches("[\\x20-\\x7e…]*"), refused.getMessage());
  }

  private static void nodes(String line) {
    try {
      for (ServerAddress node : ConfigurationEndpoint.nodes(line, 3)) {
        assertEquals(3, node.weight());
        assertFalse(node.isUnixSocket());
      }
    } catch (ProtocolException refused) {
      assertPrintable(refused);
    }
  }

  private static void address(String line) {
    try {
      ServerAddress address = ServerAddress.parse(line);
      ServerAddress again = ServerAddress.parse(address.text());
      assertEquals(address.text(), again.text());
      assertEquals(address.host(), again.host());
      assertEquals(address.port(), again.port());
    } catch (IllegalArgumentException refused) {
      return;
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(ServerAnswerFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
