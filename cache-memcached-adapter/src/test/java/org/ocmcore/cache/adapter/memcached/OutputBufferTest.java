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

final class OutputBufferTest {
  private final OutputBuffer output = new OutputBuffer(new OpaqueCounter());
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** Takes at most this many bytes. */
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
  void requestsFollowTheProtocol() throws IOException {
    CacheKey key = CacheKey.of("key");
    output.appendGet(key);
    output.appendDebug(key);
    output.appendTouch(key, 0);
    output.appendTouch(key, 4_294_967_295L);
    output.appendDelete(key);
    output.appendSet(key, CacheValue.of(new byte[] {'a', 'b'}, 4_294_967_295L), 10, true);
    output.appendSet(key, CacheValue.of(new byte[0], 0), 0, false);
    output.appendNoOp();
    assertEquals(
        "mg key f t v c s k O1\r\nme key\r\nmg key T0 c k O2\r\nmg key T4294967295 c k O3\r\nmd key k O4\r\n"
            + "ms key 2 F4294967295 T10 ME k O5\r\nab\r\nms key 0 F0 T0 MS k O6\r\n\r\nmn\r\n",
        sent());
  }

  @Test
  void keysWithSpacesAreSentInBase64() throws IOException {
    CacheKey key = CacheKey.ofBytes("a b".getBytes(ISO_8859_1));
    output.appendGet(key);
    output.appendDebug(key);
    output.appendSet(key, CacheValue.of(new byte[] {'v'}, 0), 9, true);
    assertEquals(
        "mg YSBi f t v c s b k O1\r\nme YSBi b b\r\nms YSBi 1 F0 T9 ME b k O2\r\nv\r\n", sent());
  }

  @Test
  void lastOpaqueBelongsToTheLastRequest() {
    output.appendGet(CacheKey.of("k"));
    output.appendDelete(CacheKey.of("k"));
    assertEquals(2, output.lastOpaque());
    output.appendDebug(CacheKey.of("k"));
    assertEquals(MetaResponseParser.NO_OPAQUE, output.lastOpaque());
    output.appendTouch(CacheKey.of("k"), 1);
    assertEquals(3, output.lastOpaque());
    output.appendNoOp();
    assertEquals(MetaResponseParser.NO_OPAQUE, output.lastOpaque());
  }

  @Test
  void lastRequestEndExcludesTheValue() throws IOException {
    output.appendDelete(CacheKey.of("k"));
    assertEquals("md k k O1\r\n".length(), output.lastRequestEnd());
    output.appendSet(CacheKey.of("k"), CacheValue.of(new byte[100_000], 0), 0, false);
    assertEquals("md k k O1\r\nms k 100000 F0 T0 MS k O2\r\n".length(), output.lastRequestEnd());
    assertFalse(output.hasRoom());
    assertEquals(output.lastRequestEnd() + 100_002, sent().length());
    assertTrue(output.hasRoom());
  }

  @RepeatedTest(20)
  void noByteIsLostOnPartialWrites(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      while (!output.hasRoom()) {
        output.send(bytes -> take(bytes, random.nextInt(20_000)));
      }
      CacheKey key = CacheKey.of("key:" + i);
      if (random.nextInt(4) > 0) {
        output.appendGet(key);
        expected.writeBytes(MetaRequest.get(key).bytes(i + 1));
      } else {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 500)];
        random.nextBytes(bytes);
        CacheValue value = CacheValue.of(bytes, i);
        output.appendSet(key, value, i, true);
        expected.writeBytes(MetaRequest.set(key, value, i, true).bytes(i + 1));
      }
      if (random.nextInt(5) == 0) {
        output.send(bytes -> take(bytes, random.nextInt(3_000)));
      }
    }
    sent();
    assertArrayEquals(expected.toByteArray(), sent.toByteArray());
  }
}
