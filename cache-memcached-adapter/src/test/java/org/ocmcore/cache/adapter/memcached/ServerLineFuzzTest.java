package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/** Any line of a metadump or a feed is refused as malformed, or gives a valid key. */
final class ServerLineFuzzTest {
  private static final String SERVER = "127.0.0.1:11211";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
  private static final ServerClock SERVER_CLOCK =
      new ServerClock(CLOCK.instant().getEpochSecond(), 5);
  private static final MetadumpLineParser METADUMP = new MetadumpLineParser(SERVER, SERVER_CLOCK);
  private static final WatchLineParser WATCH =
      new WatchLineParser(SERVER, SERVER_CLOCK, CLOCK, new Checks());

  public static void fuzzerTestOneInput(byte[] input) {
    KeyInfo alone = metadump(METADUMP, input, 0, input.length);
    byte[] around = new byte[input.length + 20];
    Arrays.fill(around, (byte) '1');
    System.arraycopy(input, 0, around, 7, input.length);
    KeyInfo inside =
        metadump(new MetadumpLineParser(SERVER, SERVER_CLOCK), around, 7, 7 + input.length);
    assertEquals(alone, inside, "it depends on bytes around the line");
    try {
      WATCH.parse(input, 0, input.length);
    } catch (ProtocolException malformed) {
      assertPrintable(malformed);
    }
    if (input.length > 0 && input.length <= CacheKey.MAX_BYTES) {
      escapedKeyComesBack(input);
    }
  }

  private static KeyInfo metadump(MetadumpLineParser parser, byte[] line, int from, int to) {
    try {
      return parser.parse(line, from, to);
    } catch (ProtocolException malformed) {
      assertPrintable(malformed);
      return null;
    }
  }

  private static void assertPrintable(ProtocolException malformed) {
    assertTrue(malformed.getMessage().matches("[\\x20-\\x7e…]*"), malformed.getMessage());
  }

  /** Servers hold keys with a space or control character in base64, which is longer. */
  private static final int MAX_ENCODED = 186;

  private static void escapedKeyComesBack(byte[] all) {
    byte[] key = Arrays.copyOf(all, Math.min(all.length, MAX_ENCODED));
    StringBuilder line = new StringBuilder("key=");
    for (byte each : key) {
      line.append("%%%02X".formatted(each & 0xff));
    }
    byte[] bytes =
        line.append(" exp=-1 la=1 size=9").toString().getBytes(StandardCharsets.US_ASCII);
    KeyInfo info = metadump(METADUMP, bytes, 0, bytes.length);
    assertEquals(CacheKey.ofBytes(key), info.key());
  }

  /** What is reported must be valid. */
  private static final class Checks implements ChangeListener {
    @Override
    public void stored(KeyInfo info, Instant time) {
      assertTrue(info.size() >= 0 && info.size() <= KeyInfo.MAX_SIZE);
      assertTrue(!time.isAfter(CLOCK.instant()));
    }

    @Override
    public void removed(CacheKey key, Instant time) {
      assertTrue(key.length() > 0 && key.length() <= CacheKey.MAX_BYTES);
    }

    @Override
    public void evicted(CacheKey key, Instant time) {
      removed(key, time);
    }

    @Override
    public void withheld(String reason) {}

    @Override
    public void began(Set<Kind> kinds) {}

    @Override
    public void caughtUp() {}

    @Override
    public void counted(Kind kind) {}

    @Override
    public void skipped(long lines) {
      assertTrue(lines >= 0);
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(ServerLineFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
