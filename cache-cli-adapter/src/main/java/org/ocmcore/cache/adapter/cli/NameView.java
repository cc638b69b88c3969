package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A key alone, as the API has it.
 *
 * @param keyBase64 its bytes, if its readable form does not address it
 */
record NameView(String key, @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64) {
  NameView {
    Objects.requireNonNull(key);
  }

  static List<NameView> of(List<CacheKey> keys) {
    return keys.stream()
        .map(key -> new NameView(key.toString(), Views.base64(key)))
        .toList();
  }
}
