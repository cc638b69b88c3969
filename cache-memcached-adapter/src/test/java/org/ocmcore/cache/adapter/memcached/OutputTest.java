package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

final class OutputTest {
  private final Output output = new Output();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** A sink that takes no more than so much at a time. */
  private int take(ByteBuffer bytes, int most) {
    byte[] part = new byte[Math.min(most, bytes.remaining())];
    bytes.get(part);
    sent.writeBytes(part);
    return part.length;
  }

  private String sent() throws IOException {
    output.send(bytes -> take(bytes, Integer.MAX_VALUE));
    assertTrue(output.isEmpty());
    assertEquals(sent.size(), output.sent());
    return sent.toString(ISO_8859_1);
  }

  @Test
  void requestsAreWhatTheProtocolSays() throws IOException {
    CacheKey key = CacheKey.of("key");
    output.read(key);
    output.find(key);
    output.touch(key, 0);
    output.touch(key, 4_294_967_295L);
    output.delete(key);
    output.store(key, CacheValue.of(new byte[] {'a', 'b'}, 4_294_967_295L), 10, true);
    output.store(key, CacheValue.of(new byte[0], 0), 0, false);
    output.nothing();
    assertEquals(
        "mg key f t v\r\nme key\r\nmg key T0\r\nmg key T4294967295\r\nmd key\r\n"
            + "ms key 2 F4294967295 T10 ME\r\nab\r\nms key 0 F0 T0 MS\r\n\r\nmn\r\n",
        sent());
  }

  @Test
  void keysWithSpacesGoInBase64() throws IOException {
    CacheKey key = CacheKey.ofBytes("a b".getBytes(ISO_8859_1));
    output.read(key);
    output.find(key);
    output.store(key, CacheValue.of(new byte[] {'v'}, 0), 9, true);
    assertEquals("mg YSBi f t v b\r\nme YSBi b\r\nms YSBi 1 F0 T9 ME b\r\nv\r\n", sent());
  }

  @Test
  void aRequestIsAskedWhereItsLineEnds() throws IOException {
    output.delete(CacheKey.of("k"));
    assertEquals(6, output.asked());
    output.store(CacheKey.of("k"), CacheValue.of(new byte[100_000], 0), 0, false);
    assertEquals(6 + "ms k 100000 F0 T0 MS\r\n".length(), output.asked());
    assertFalse(output.hasRoom());
    assertEquals(output.asked() + 100_002, sent().length());
    assertTrue(output.hasRoom());
  }

  @RepeatedTest(20)
  void nothingIsLostHoweverLittleIsTakenAtATime(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      while (!output.hasRoom()) {
        output.send(bytes -> take(bytes, random.nextInt(20_000)));
      }
      CacheKey key = CacheKey.of("key:" + i);
      if (random.nextInt(4) > 0) {
        output.read(key);
        expected.writeBytes(Request.read(key).bytes());
      } else {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 500)];
        random.nextBytes(bytes);
        CacheValue value = CacheValue.of(bytes, i);
        output.store(key, value, i, true);
        expected.writeBytes(Request.store(key, value, i, true).bytes());
      }
      if (random.nextInt(5) == 0) {
        output.send(bytes -> take(bytes, random.nextInt(3_000)));
      }
    }
    sent();
    assertArrayEquals(expected.toByteArray(), sent.toByteArray());
  }
}
