package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.monitoring.Readiness;

/**
 * Whether the service is ready.
 *
 * @param checks all of them, in a fixed order
 */
record ReadinessAnswer(boolean ready, List<Check> checks) {
  /** @param problem why it failed; left out if it did not */
  record Check(
      String name,
      boolean ok,
      @JsonInclude(Include.NON_ABSENT) Optional<String> problem) {}

  static ReadinessAnswer of(Readiness.Report report) {
    return new ReadinessAnswer(
        report.isReady(),
        report.checks().stream()
            .map(check -> new Check(check.name(), check.isOk(), check.problem()))
            .toList());
  }

  /** The status of the answer. */
  int status() {
    return ready ? 200 : 503;
  }

  /**
   * The same as text, in the form that Kubernetes uses for its own health checks.
   *
   * @param isVerbose whether to list the checks even if none failed
   */
  String text(boolean isVerbose) {
    if (ready && !isVerbose) {
      return "ok\n";
    }
    return checks.stream().map(ReadinessAnswer::line).collect(Collectors.joining())
        + (ready ? "readyz check passed\n" : "readyz check failed\n");
  }

  private static String line(Check check) {
    return check
        .problem()
        .map(reason -> "[-]%s failed: %s\n".formatted(check.name(), reason))
        .orElseGet(() -> "[+]%s ok\n".formatted(check.name()));
  }
}
