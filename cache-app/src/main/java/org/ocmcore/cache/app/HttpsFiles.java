package org.ocmcore.cache.app;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ocmcore.cache.adapter.http.HttpsContext;

/**
 * The files of the API's TLS settings, which can be read again, and what is in use of them. For use
 * by one thread at a time.
 */
final class HttpsFiles {
  private static final List<Setting> SETTINGS =
      List.of(Setting.CACHE_TLS_CERT, Setting.CACHE_TLS_KEY, Setting.CACHE_TLS_CLIENT_CA);

  private final Map<Setting, String> paths;
  private final HttpsContext context;
  private HttpsIdentity identity;

  private HttpsFiles(Map<Setting, String> paths, HttpsIdentity identity) {
    this.paths = paths;
    this.identity = identity;
    this.context =
        new HttpsContext(identity.context(), !identity.clientAuthorities().isEmpty());
  }

  /** Returns the files; empty if TLS is off or something is wrong. The reader has the problems. */
  static Optional<HttpsFiles> parse(SettingReader reader) {
    Map<Setting, String> paths = new EnumMap<>(Setting.class);
    for (Setting setting : SETTINGS) {
      reader.optional(setting, text -> text).ifPresent(text -> paths.put(setting, text));
    }
    return HttpsIdentity.parse(reader, Clock.systemUTC().instant())
        .map(identity -> new HttpsFiles(paths, identity));
  }

  /** What the API uses. */
  HttpsContext context() {
    return context;
  }

  /** The certificate and key in use. */
  HttpsIdentity identity() {
    return identity;
  }

  /** The file of the certificate, as it is set. */
  String certificate() {
    return paths.get(Setting.CACHE_TLS_CERT);
  }

  /**
   * Reads the files again, and gives new connections what is new in them.
   *
   * @return whether something was new
   * @throws org.ocmcore.cache.adapter.cli.InvalidSettings if a file is unusable; names the setting,
   *     the file and the reason. What is in use stays.
   */
  boolean reload(Instant now) {
    SettingReader reader = new SettingReader(paths.entrySet().stream()
        .collect(Collectors.toMap(path -> path.getKey().name(), Map.Entry::getValue)));
    Optional<HttpsIdentity> next = HttpsIdentity.parse(reader, now);
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
    if (next.isEmpty() || next.get().equals(identity)) {
      return false;
    }
    context.replace(next.get().context());
    identity = next.get();
    return true;
  }
}
