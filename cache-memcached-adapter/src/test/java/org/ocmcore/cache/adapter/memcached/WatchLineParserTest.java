package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/** Parses random changes exactly, and random corrupt lines without any other exception. */
final class WatchLineParserTest {
  private static final Instant NOW = Instant.ofEpochSecond(2_000_000_000);
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

  /** Per repetition; {@code -Dcache.fuzz.factor=40} makes it forty times as many. */
  private static final int CORRUPT_LINES = 500 * Integer.getInteger("cache.fuzz.factor", 1);

  private final List<String> reported = new ArrayList<>();
  private final Map<ChangeListener.Kind, Integer> counted =
      new EnumMap<>(ChangeListener.Kind.class);
  private final WatchLineParser lines = new WatchLineParser(
      "server",
      ServerClock.compare(NOW.getEpochSecond(), NOW.getEpochSecond()),
      Clock.fixed(NOW, ZoneOffset.UTC),
      new ChangeListener() {
        @Override
        public void withheld(String reason) {
          throw new AssertionError(reason);
        }

        @Override
        public void began(Set<Kind> kinds) {
          reported.add("began");
        }

        @Override
        public void stored(KeyInfo key, Instant at) {
          reported.add("stored %s at %s".formatted(key, at));
        }

        @Override
        public void removed(CacheKey key, Instant at) {
          reported.add("removed %s at %s".formatted(key, at));
        }

        @Override
        public void evicted(CacheKey key, Instant at) {
          reported.add("evicted %s at %s".formatted(key, at));
        }

        @Override
        public void counted(Kind kind) {
          counted.merge(kind, 1, Integer::sum);
        }

        @Override
        public void skipped(long count) {
          reported.add("skipped " + count);
        }

        @Override
        public void caughtUp() {
          reported.add("caught up");
        }
      });

  private void read(byte[] line) throws ProtocolException {
    byte[] padded = new byte[line.length + 20];
    System.arraycopy(line, 0, padded, 10, line.length);
    lines.parse(padded, 10, 10 + line.length);
  }

  @Test
  void mutationsAndEvictionsAreCounted() throws ProtocolException {
    String store = "ts=1.2 gid=1 type=item_store key=k status=%s cmd=%s ttl=0 clsid=1 cfd=5 size=1";
    for (String status : List.of("stored", "exists", "not_found", "not_stored")) {
      read(store.formatted(status, "set").getBytes(StandardCharsets.ISO_8859_1));
    }
    for (String status : List.of("too_large", "no_memory")) {
      read(store.formatted(status, "add").getBytes(StandardCharsets.ISO_8859_1));
    }
    read("ts=1.2 gid=1 type=eviction key=k fetch=no ttl=0 la=1 clsid=1 size=1"
        .getBytes(StandardCharsets.ISO_8859_1));
    read("ts=1.2 gid=1 type=deleted key=k cmd=md clsid=1 cfd=5 size=1"
        .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        Map.of(ChangeListener.Kind.MUTATIONS, 4, ChangeListener.Kind.EVICTIONS, 1), counted);
  }

  @RepeatedTest(20)
  void everyChangeIsReportedExactly(RepetitionInfo repetition) throws ProtocolException {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      read(randomLine(random, expected).getBytes(StandardCharsets.ISO_8859_1));
    }
    assertEquals(expected, reported);
  }

  private static String randomLine(Random random, List<String> expected) {
    CacheKey key = randomKey(random);
    Instant at = NOW.minusSeconds(1 + random.nextInt(1_000)).plusNanos(1_000L * micros(random));
    String head = "ts=%d.%d gid=%d type="
        .formatted(at.getEpochSecond(), at.getNano() / 1_000, random.nextLong(Long.MAX_VALUE));
    switch (random.nextInt(6)) {
      case 0 -> {
        int count = random.nextInt(Integer.MAX_VALUE);
        expected.add("skipped " + count);
        return "skipped=" + count;
      }
      case 1 -> {
        expected.add("evicted %s at %s".formatted(key, at));
        return head
            + "eviction key=%s fetch=yes ttl=-1 la=5 clsid=1 size=2".formatted(escaped(key));
      }
      case 2 -> {
        expected.add("removed %s at %s".formatted(key, at));
        return head + "deleted key=%s cmd=md clsid=1 size=2".formatted(escaped(key));
      }
      case 3 -> {
        return head
            + "item_store key=%s status=not_stored cmd=add ttl=0 size=2".formatted(escaped(key));
      }
      default -> {
        long ttl = random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE);
        long length = random.nextInt(1 << 30);
        expected.add("stored %s at %s"
            .formatted(
                new KeyInfo(
                    key,
                    ttl == 0 ? Expiry.NEVER : new Expiry(at.getEpochSecond() + ttl),
                    ItemSize.of(key, length, false),
                    at.getEpochSecond(),
                    false,
                    "server"),
                at));
        return head
            + "item_store key=%s status=stored cmd=set ttl=%d clsid=9 cfd=-2 size=%d"
                .formatted(escaped(key), ttl, length);
      }
    }
  }

  private static int micros(Random random) {
    return random.nextInt(random.nextBoolean() ? 10 : 1_000_000);
  }

  private static CacheKey randomKey(Random random) {
    byte[] key = new byte[1 + random.nextInt(CacheKey.MAX_ENCODED_BYTES)];
    random.nextBytes(key);
    return CacheKey.ofBytes(key);
  }

  private static String escaped(CacheKey key) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : key.bytes()) {
      boolean plain = PLAIN.indexOf((char) (b & 0xff)) >= 0;
      escaped.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return escaped.toString();
  }

  @RepeatedTest(20)
  void corruptLinesParseOrThrowProtocolException(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int malformed = 0;
    for (int i = 0; i < CORRUPT_LINES; i++) {
      byte[] line = corrupt(
          randomLine(random, new ArrayList<>()).getBytes(StandardCharsets.ISO_8859_1), random);
      try {
        read(line);
      } catch (ProtocolException expected) {
        malformed++;
      }
    }
    assertTrue(malformed > 0);
  }

  private static byte[] corrupt(byte[] line, Random random) {
    byte[] corrupt = Arrays.copyOf(line, random.nextInt(line.length + 5));
    for (int i = random.nextInt(4); i > 0 && corrupt.length > 0; i--) {
      int at = random.nextInt(corrupt.length);
      byte[] likely = "%= .-9z\0".getBytes(StandardCharsets.ISO_8859_1);
      corrupt[at] =
          random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
    }
    return corrupt;
  }
}
