package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Any value is shown by {@code auto}, and shown or refused by each decoder. The first byte of the
 * input chooses the decoder, the second the flags.
 */
final class ValueViewFuzzTest {
  private static final ValueViewer VIEWER = new ValueViewer();

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] value = Arrays.copyOfRange(input, 2, input.length);
    long flags = input[1] < 0 ? (input[1] & 0x7fL) << 4 : input[1];
    check(VIEWER.view(value, flags, DecoderChain.AUTO, ViewWindow.FIRST));
    var names = Decoders.names();
    String name = names.get((input[0] & 0xff) % names.size());
    try {
      check(VIEWER.view(value, flags, DecoderChain.parse(name), ViewWindow.FIRST));
      ViewWindow window = new ViewWindow(input[0] & 0xff, 2 + (input[1] & 0xff));
      check(VIEWER.view(value, flags, DecoderChain.parse(name), window));
    } catch (DecodingException refused) {
      assertTrue(refused.getMessage().startsWith(refused.decoder() + ": "), refused.getMessage());
    }
  }

  private static void check(ValueView view) {
    String content = view.content();
    assertTrue(view.offset() + content.length() <= view.length());
    assertFalse(view.notes().stream().anyMatch(String::isBlank));
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (Character.isHighSurrogate(c)) {
        assertTrue(Character.isLowSurrogate(content.charAt(++i)));
      } else {
        assertFalse(Character.isLowSurrogate(c));
      }
    }
    if (!view.truncated()) {
      assertEquals(view.length(), view.offset() + content.length());
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(ValueViewFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
