package org.ocmcore.cache.app;

import java.util.stream.Collectors;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;

/** The line that says where the service answers, and to whom. */
final class ReadyLine {
  private ReadyLine() {}

  /** @param port where it listens */
  static String of(AppConfig config, int port) {
    return "Cache App %s is ready: %s://%s:%d%s/ (store: %s, environment: %s%s%s)"
        .formatted(
            Version.TEXT,
            config.http().scheme(),
            host(config),
            port,
            config.http().apiPath(),
            config.store().backend(),
            config.environment(),
            limits(config.access().management()),
            config.access().tokens().isPresent() ? ", callers need a token" : "");
  }

  private static String host(AppConfig config) {
    String host = config.http().host();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static String limits(ManagementPolicy policy) {
    if (policy.environment().allowsChanges()) {
      return "";
    }
    String allowed = policy.allowed().stream()
        .map(Operation::toString)
        .sorted()
        .collect(Collectors.joining(", "));
    return allowed.isEmpty() ? ", read only" : ", read only but for: " + allowed;
  }
}
