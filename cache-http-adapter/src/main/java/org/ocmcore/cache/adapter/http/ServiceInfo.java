package org.ocmcore.cache.adapter.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The facts about the service that {@code stats/} answers.
 *
 * @param backend name of the store
 * @param environment name of the environment
 * @param dumpFile the configured path of dumps
 * @param settings the effective settings by name, in order, with secrets masked
 */
public record ServiceInfo(
    String backend, String environment, String dumpFile, Map<String, String> settings) {
  public ServiceInfo {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
