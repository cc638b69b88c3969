package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.ItemSize;

/** Bytes that arrive in small parts, as over a network. */
final class InputBufferTest {
  private static final int PART = 1_000;

  private static InputBuffer of(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    return new InputBuffer(
        into -> {
          int count = Math.min(PART, Math.min(into.remaining(), bytes.remaining()));
          into.put(bytes.slice(bytes.position(), count));
          bytes.position(bytes.position() + count);
          return count == 0 ? -1 : count;
        },
        new ValueBound(() -> ItemSize.DEFAULT_MAX));
  }

  @Test
  void aLongLineIsReadInParts() throws IOException {
    String line = "x".repeat(InputBuffer.MAX_LONG_LINE_BYTES);
    InputBuffer input = of(line + "\r\nEND\r\n");
    input.readLine(InputBuffer.MAX_LONG_LINE_BYTES);
    assertEquals(line, input.line());
    input.readLine();
    assertEquals("END", input.line());
  }

  @Test
  void aLineWithoutEndIsNotReadWhole() {
    InputBuffer endless = of("x".repeat(1_000_000));
    assertThrows(ProtocolException.class, () -> endless.readLine(InputBuffer.MAX_LONG_LINE_BYTES));
    InputBuffer tooLong = of("x".repeat(5_000) + "\n");
    assertThrows(ProtocolException.class, tooLong::readLine);
  }
}
