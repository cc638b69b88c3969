package org.ocmcore.cache.adapter.http;

import java.util.Collections;
import java.util.Map;

/**
 * Where to begin.
 *
 * @param links paths by name, each of which answers a GET without parameters
 */
record IndexAnswer(String name, String version, String environment, Map<String, String> links) {
  IndexAnswer {
    // Not copied, since their order matters.
    links = Collections.unmodifiableMap(links);
  }
}
