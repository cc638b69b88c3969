package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.named.NamedValues;

/**
 * The values of keys that a request listed.
 *
 * @param values by key
 * @param valuesBase64 those of keys that are not text, by base64; left out if there are none
 * @param notRead keys left for another request; left out if there are none
 * @param failures reasons by server; left out if there are none
 */
record NamedValuesAnswer(
    Map<String, Object> values,
    @JsonInclude(Include.NON_ABSENT) Optional<Map<String, Object>> valuesBase64,
    int count,
    List<KeyName> missing,
    boolean truncated,
    @JsonInclude(Include.NON_EMPTY) List<KeyName> notRead,
    @JsonInclude(Include.NON_EMPTY) Map<String, String> failures) {
  static NamedValuesAnswer of(NamedValues named, ValueJson.ByKey values) {
    Map<String, String> failures = new LinkedHashMap<>();
    named.failures().forEach(failure -> failures.put(failure.server(), failure.reason()));
    return new NamedValuesAnswer(
        values.texts(),
        values.binaries(),
        named.entries().size(),
        KeyName.of(named.absent()),
        !named.unread().isEmpty(),
        KeyName.of(named.unread()),
        failures);
  }
}
