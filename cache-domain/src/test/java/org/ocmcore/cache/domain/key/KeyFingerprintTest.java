package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFingerprintTest {
  /**
   * The hashes are those of the C code of MurmurHash64A with seed 0, on a little-endian machine.
   */
  @ParameterizedTest
  @CsvSource({
    "k, 76e009c21a9e845a",
    "user:1, 28a0e81949f67187",
    "user:100, c905fc6c8f4a9fdb",
    "user:1001, 73ba061cf0bdd035",
    "ÿþý, c977ad9ec8d20445",
    "session:0123456789abcdef, a194427fbc87f78b"
  })
  void isMurmurHash64A(String characters, String hash) {
    byte[] bytes = characters.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(hash, Long.toHexString(CacheKey.ofBytes(bytes).fingerprint()));
    byte[] longer = ("<" + characters + ">").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        hash, Long.toHexString(KeyFingerprint.of(longer, 1, 1 + bytes.length)), "within an array");
  }
}
