package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Responses to meta commands are the same however their bytes arrive. The first two bytes choose
 * the chunks.
 */
final class MetaResponseFuzzTest {
  private static final ValueBound BOUND = new ValueBound(() -> ItemSize.DEFAULT_MAX);

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 2, input.length);
    Random chunks = new Random(input[0] << 8 | input[1] & 0xff);
    for (long opaque : new long[] {MetaResponseParser.NO_OPAQUE, 7}) {
      assertEquals(
          responses(stream, opaque, stream.length, chunks), responses(stream, opaque, 5, chunks));
    }
    assertEquals(lines(stream, stream.length, chunks), lines(stream, 5, chunks));
  }

  private static List<String> responses(byte[] stream, long opaque, int most, Random chunks) {
    MetaResponseParser parser = new MetaResponseParser(BOUND);
    List<String> found = new ArrayList<>();
    try {
      for (int at = 0; at < stream.length; ) {
        int length =
            Math.min(stream.length - at, most < stream.length ? 1 + chunks.nextInt(most) : most);
        ByteBuffer part = ByteBuffer.wrap(stream, at, length);
        while (part.hasRemaining()) {
          MetaResponse response = parser.parse(part, opaque, null);
          if (response != null) {
            found.add(shown(response));
          }
        }
        at += length;
      }
    } catch (IOException refused) {
      found.add(refused.getMessage());
    }
    return found;
  }

  private static String shown(MetaResponse response) {
    return "%s %s %s %d %d %d %s"
        .formatted(
            response.status(),
            response.line(),
            Arrays.toString(response.value()),
            response.flags(),
            response.ttl(),
            response.cas(),
            response.recache());
  }

  private static List<String> lines(byte[] stream, int most, Random chunks) {
    ByteBuffer all = ByteBuffer.wrap(stream);
    InputBuffer input = new InputBuffer(
        into -> {
          if (!all.hasRemaining()) {
            return -1;
          }
          int chunk = most < stream.length ? 1 + chunks.nextInt(most) : most;
          int length = Math.min(Math.min(all.remaining(), into.remaining()), chunk);
          into.put(all.slice(all.position(), length));
          all.position(all.position() + length);
          return length;
        },
        BOUND);
    List<String> found = new ArrayList<>();
    try {
      while (true) {
        input.readLine();
        found.add(input.line());
      }
    } catch (IOException ended) {
      return found;
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(MetaResponseFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
