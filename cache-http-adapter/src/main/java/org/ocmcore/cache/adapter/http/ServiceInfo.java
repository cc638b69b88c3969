package org.ocmcore.cache.adapter.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code stats/} tells of the service itself.
 *
 * @param backend name of the store
 * @param environment name of the environment
 * @param dumpFile where dumps go, as it was configured
 * @param settings effective settings by name, in their order, secrets masked
 */
public record ServiceInfo(
    String backend, String environment, String dumpFile, Map<String, String> settings) {
  public ServiceInfo {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
