package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
  private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
  private final ByteArrayOutputStream client = new ByteArrayOutputStream();
  private final Places places = new Places(2, 2);

  @Test
  void bytesAreSentInOrder() throws IOException {
    byte[] answer = new byte[100_000];
    new Random(1).nextBytes(answer);
    for (int length : new int[] {0, 1, 8_192, 8_193, 61_440, 61_441, 100_000}) {
      client.reset();
      try (AnswerStream out = new AnswerStream(places, ADDRESS, client)) {
        for (int i = 0; i < length; i += 7) {
          out.write(answer, i, Math.min(7, length - i));
        }
        out.finish();
      }
      assertArrayEquals(Arrays.copyOf(answer, length), client.toByteArray());
      assertEquals(2, places.free());
    }
  }

  @Test
  void aLongAnswerTakesAPlace() throws IOException {
    AnswerStream first = new AnswerStream(places, ADDRESS, client);
    first.write(new byte[70_000]);
    AnswerStream second = new AnswerStream(places, ADDRESS, client);
    assertThrows(RequestRejected.class, () -> second.write(new byte[70_000]));
    try (AnswerStream other = new AnswerStream(
        places, InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), client)) {
      other.write(new byte[70_000]);
    }
    second.close();
    assertEquals(140_000, client.size());
    first.close();
    assertEquals(2, places.free());
  }

  @Test
  void aShortAnswerTakesNoPlace() throws IOException {
    places.tryTake(ADDRESS);
    AnswerStream out = new AnswerStream(places, ADDRESS, client);
    out.write(1);
    out.finish();
    out.close();
    assertEquals(1, client.size());
    assertEquals(1, places.free());
  }
}
