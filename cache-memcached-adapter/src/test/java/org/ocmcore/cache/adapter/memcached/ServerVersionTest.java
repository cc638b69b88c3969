package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.6.18, 1.6.18",
    "1.5.6 Ubuntu, 1.5.6",
    "1.6.45-beta1, 1.6.45",
    "1.4.10_1_gabc, 1.4.10",
    "10.0.200, 10.0.200"
  })
  void theSuffixIsIgnored(String text, String version) {
    assertEquals(version, ServerVersion.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UNKNOWN", "1.6", "1.6.", "v1.6.18", "1.6.18.2", "1.6.99999999999"})
  void otherTextsAreUnknownReleases(String text) {
    assertEquals(Optional.empty(), ServerVersion.parse(text));
  }

  @Test
  void releasesAreComparedNumerically() {
    assertTrue(new ServerVersion(1, 6, 9).isBefore(new ServerVersion(1, 6, 11)));
    assertTrue(new ServerVersion(1, 5, 22).isBefore(new ServerVersion(1, 6, 0)));
    assertFalse(new ServerVersion(2, 0, 0).isBefore(new ServerVersion(1, 6, 45)));
    assertFalse(ServerVersion.OLDEST.isBefore(ServerVersion.OLDEST));
  }
}
