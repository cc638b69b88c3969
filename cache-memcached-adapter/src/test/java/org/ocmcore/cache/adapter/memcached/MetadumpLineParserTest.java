package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/** Parses random keys exactly, however the stream is split. */
final class MetadumpLineParserTest {
  private static final String UNESCAPED = "-_.~+!*'();:@&=$,/?#[]\"<>\\^`{|}";

  @RepeatedTest(50)
  void linesAreParsedAcrossAnySplit(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    List<KeyInfo> expected = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      KeyInfo info = randomInfo(random);
      expected.add(info);
      stream.writeBytes(line(info, random).getBytes(StandardCharsets.ISO_8859_1));
    }
    stream.writeBytes("END\r\n".getBytes(StandardCharsets.ISO_8859_1));

    InputBuffer input = new InputBuffer(
        splitting(stream.toByteArray(), random), new ValueBound(() -> ItemSize.DEFAULT_MAX));
    MetadumpLineParser lines = new MetadumpLineParser("server", ServerClock.compare(1_000, 1_000));
    List<KeyInfo> found = new ArrayList<>();
    for (input.readLine(); !input.line().equals("END"); input.readLine()) {
      found.add(lines.parse(input.bytes(), input.lineStart(), input.lineEnd()));
    }
    assertEquals(expected, found);
  }

  private static KeyInfo randomInfo(Random random) {
    byte[] key = new byte[1 + random.nextInt(250)];
    for (int i = 0; i < key.length; i++) {
      do {
        key[i] = (byte) random.nextInt(256);
      } while (key[i] == ' ' || key[i] == '\r' || key[i] == '\n' || key[i] == 0);
    }
    Expiry expiry =
        random.nextBoolean() ? Expiry.NEVER : new Expiry(1_001 + random.nextInt(1_000_000));
    return new KeyInfo(
        CacheKey.ofBytes(key),
        expiry,
        random.nextInt(1 << 30),
        random.nextBoolean() ? KeyInfo.UNKNOWN : Integer.toUnsignedLong(random.nextInt()),
        random.nextInt(2_000),
        random.nextBoolean(),
        "server");
  }

  private static String line(KeyInfo info, Random random) {
    StringBuilder key = new StringBuilder();
    for (byte b : info.key().bytes()) {
      boolean plain = Character.isLetterOrDigit(b) || b > 0 && UNESCAPED.indexOf(b) >= 0;
      key.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return "key=%s exp=%d la=%d cas=%d fetch=%s cls=1%s size=%d%s\n"
        .formatted(
            key,
            info.expiry().isNever() ? -1 : info.expiry().epochSecond(),
            info.lastAccess(),
            random.nextLong(),
            info.fetched() ? "yes" : "no",
            info.flags() == KeyInfo.UNKNOWN ? "" : " flags=" + info.flags(),
            info.size(),
            random.nextBoolean() ? "\r" : "");
  }

  private static InputBuffer.Source splitting(byte[] bytes, Random random) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    return into -> {
      int length = Math.min(
          Math.min(rest.remaining(), into.remaining()),
          1 + random.nextInt(random.nextBoolean() ? 5 : 5_000));
      into.put(into.position(), bytes, rest.position(), length);
      into.position(into.position() + length);
      rest.position(rest.position() + length);
      return length == 0 ? -1 : length;
    };
  }
}
