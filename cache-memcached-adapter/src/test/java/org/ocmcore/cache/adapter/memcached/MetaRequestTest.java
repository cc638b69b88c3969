package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The largest requests fit, and the array has no unused bytes, because xmemcached sends all of it.
 */
final class MetaRequestTest {
  private static final long MOST = 4_294_967_295L;

  private static String text(MetaRequest request) {
    return new String(request.bytes(Long.MAX_VALUE), ISO_8859_1);
  }

  private static void assertFits(CacheKey key, String shown, String encoded) {
    String flag = encoded + " k O" + Long.MAX_VALUE;
    CacheValue value = CacheValue.wrap("v".repeat(100_000).getBytes(ISO_8859_1), MOST);
    assertEquals("mg " + shown + " f t v c s" + flag + "\r\n", text(MetaRequest.get(key)));
    assertEquals(
        "mg " + shown + " T4294967295 c" + flag + "\r\n", text(MetaRequest.touch(key, MOST)));
    assertEquals("md " + shown + flag + "\r\n", text(MetaRequest.delete(key)));
    assertEquals(
        "ms " + shown + " 100000 F4294967295 T4294967295 ME" + flag + "\r\n" + "v".repeat(100_000)
            + "\r\n",
        text(MetaRequest.set(key, value, MOST, true)));
    assertEquals("md " + shown + " I C7" + flag + "\r\n", text(MetaRequest.returnToken(key, 7)));
    assertEquals(
        "ms " + shown + " 1 F4294967295 T4294967295 C" + Long.MAX_VALUE + flag + "\r\nv\r\n",
        text(MetaRequest.replace(
            key, CacheValue.wrap(new byte[] {'v'}, MOST), MOST, Long.MAX_VALUE)));
    assertEquals(
        "ma " + shown + " N4294967295 J" + Long.MAX_VALUE + " D" + Long.MAX_VALUE + " MI v" + flag
            + "\r\n",
        text(MetaRequest.arithmetic(key, Long.MAX_VALUE, MOST)));
    assertEquals(
        "ma " + shown + " N4294967295 J0 D9223372036854775808 MD v" + flag + "\r\n",
        text(MetaRequest.arithmetic(key, Long.MIN_VALUE, MOST)));
  }

  @Test
  void theLongestKeyFits() {
    String text = "k".repeat(CacheKey.MAX_BYTES);
    assertFits(CacheKey.of(text), text, "");
  }

  @Test
  void theShortestKeyFits() {
    assertFits(CacheKey.of("k"), "k", "");
  }

  @Test
  void keysInBase64Fit() {
    for (int length : new int[] {1, 2, 3, CacheKey.MAX_ENCODED_BYTES}) {
      byte[] bytes = " ".repeat(length).getBytes(ISO_8859_1);
      assertFits(CacheKey.ofBytes(bytes), Base64.getEncoder().encodeToString(bytes), " b");
    }
  }

  @Test
  void noOpRequestsHaveNoKey() {
    assertEquals("mn\r\n", text(MetaRequest.noOp()));
  }
}
