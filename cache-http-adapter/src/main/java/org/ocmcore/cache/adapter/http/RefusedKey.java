package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.ocmcore.cache.domain.port.KeyProblem;

/** A key that a server refused, and why. */
record RefusedKey(@JsonUnwrapped KeyName key, String reason) {
  static List<RefusedKey> of(List<KeyProblem> problems) {
    return problems.stream()
        .map(problem -> new RefusedKey(KeyName.of(problem.key()), problem.reason()))
        .toList();
  }
}
