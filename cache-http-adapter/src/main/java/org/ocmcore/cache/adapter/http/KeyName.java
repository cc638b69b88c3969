package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A key in an answer.
 *
 * @param key its readable form
 * @param keyBase64 its bytes; left out if the readable form {@linkplain CacheKey#isAddressable
 *     addresses} the key
 */
record KeyName(String key, @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64) {
  static KeyName of(CacheKey key) {
    return new KeyName(
        key.toString(), key.isAddressable() ? Optional.empty() : Optional.of(base64(key)));
  }

  static List<KeyName> of(List<CacheKey> keys) {
    return keys.stream().map(KeyName::of).toList();
  }

  /** The bytes, in base64, of those keys that need them, by readable form. */
  static Optional<Map<String, String>> binaries(List<CacheKey> keys) {
    Map<String, String> binaries = new LinkedHashMap<>();
    for (CacheKey key : keys) {
      if (!key.isAddressable()) {
        binaries.put(key.toString(), base64(key));
      }
    }
    return Optional.of(binaries).filter(found -> !found.isEmpty());
  }

  /** The bytes of a key in base64. */
  static String base64(CacheKey key) {
    return base64(key.bytes());
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
