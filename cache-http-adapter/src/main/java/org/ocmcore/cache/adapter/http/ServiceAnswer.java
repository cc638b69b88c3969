package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * The service, and what it is for the caller.
 *
 * @param target what is changed here and by whom, see {@link SeenTarget}
 * @param caller the name of the token
 * @param apps to which the caller is limited; null if to none
 * @param mayReadValues whether the caller sees values
 * @param allowed the operations that the caller may do now, sorted
 */
record ServiceAnswer(
    String name,
    String version,
    String environment,
    String cacheBackend,
    String target,
    String caller,
    String role,
    Optional<List<String>> apps,
    boolean mayReadValues,
    List<String> allowed,
    Limits limits) {
  static ServiceAnswer of(ServiceInfo service, CallerUseCases cases, int bodyBytes) {
    Caller caller = cases.caller();
    return new ServiceAnswer(
        ServiceInfo.NAME,
        service.version(),
        service.environment(),
        service.backend(),
        SeenTarget.of(service, caller),
        caller.name(),
        caller.role().toString(),
        caller.apps().only().map(apps -> apps.stream().map(AppName::name).toList()),
        caller.role().includes(Role.READER),
        cases.admin().operations().stream().map(Object::toString).sorted().toList(),
        Limits.of(bodyBytes));
  }

  /** The limits of requests: bytes, characters, keys and seconds. */
  record Limits(int keyBytes, int patternLength, int pageKeys, int bodyBytes, long timeoutSeconds) {
    private static Limits of(int bodyBytes) {
      return new Limits(
          CacheKey.MAX_BYTES,
          KeyPattern.MAX_LENGTH,
          FindRequests.MAX_PAGE,
          bodyBytes,
          Lifetime.MAX.toSeconds());
    }
  }
}
