package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** How the tests of this package look at values. */
final class ViewTests {
  private ViewTests() {}

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static ValueView auto(byte[] value, long flags) {
    return new ValueViewer().view(value, flags, DecoderChain.AUTO, ViewWindow.FIRST);
  }

  static ValueView view(byte[] value, String chain) {
    return view(value, 0, chain);
  }

  static ValueView view(byte[] value, long flags, String chain) {
    return new ValueViewer().view(value, flags, DecoderChain.parse(chain), ViewWindow.FIRST);
  }

  static String refusal(byte[] value, String chain) {
    return assertThrows(DecodingException.class, () -> view(value, chain)).getMessage();
  }

  /** The steps and the format, such as {@code zlib (flags 8, pymemcache) -> json}. */
  static String path(ValueView view) {
    return view.steps().stream()
            .map(step -> step.decoder() + " (" + step.reason() + ") -> ")
            .collect(Collectors.joining())
        + view.format().text();
  }
}
