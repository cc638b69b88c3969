package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "512, 512",
    "512b, 512",
    "10k, 10240",
    "10 KiB, 10240",
    "10KB, 10240",
    "1.5m, 1572864",
    "1g, 1073741824",
    "0.001k, 1"
  })
  void unitsAreOf1024(String text, long bytes) {
    assertEquals(bytes, Sizes.parse(text, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1x", "1.k", "1e3", "١", "0x10", "1 k b", "5000000000"})
  void othersAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text, 4_294_967_295L));
  }
}
