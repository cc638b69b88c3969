package org.ocmcore.cache.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.file.TokenFile;
import org.ocmcore.cache.adapter.http.HttpSettings;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.port.AuditPort;

/**
 * Who may do what.
 *
 * @param management what may be changed
 * @param hidden whose values nobody may see
 * @param tokens those of callers; empty if callers need none
 * @param allowsAnonymous whether callers need no token wherever they are
 */
public record AccessSettings(
    ManagementPolicy management,
    HiddenValues hidden,
    Optional<TokenFile> tokens,
    boolean allowsAnonymous) {
  /** Parses the settings and reads the file of tokens. */
  static AccessSettings parse(SettingReader reader) {
    Environment environment = reader.read(Setting.CACHE_ENVIRONMENT, Environment::named);
    ManagementPolicy management = new ManagementPolicy(
        environment,
        reader.read(Setting.CACHE_PRODUCTION_ALLOW, AccessSettings::operations),
        reader.flag(Setting.CACHE_CONFIRM_CLEAR));
    boolean allowsAnonymous = reader.flag(Setting.CACHE_ALLOW_ANONYMOUS);
    if (allowsAnonymous && reader.isSet(Setting.CACHE_TOKENS_FILE)) {
      reader.problem("CACHE_ALLOW_ANONYMOUS is true, but CACHE_TOKENS_FILE is set: with tokens,"
          + " nobody is served without one; unset one of them");
    }
    return new AccessSettings(
        management,
        reader.read(Setting.CACHE_HIDE_VALUES, HiddenValues::of),
        reader.optional(Setting.CACHE_TOKENS_FILE, AccessSettings::tokens),
        allowsAnonymous);
  }

  private static Set<Operation> operations(String names) {
    return names.isBlank()
        ? Set.of()
        : Arrays.stream(names.split(",", -1))
            .map(name -> Operation.named(name.strip()))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static TokenFile tokens(String file) {
    try {
      return TokenFile.open(Path.of(file), Clock.systemUTC());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
    }
  }

  /** Finds out who calls. @param audit receives the refusals */
  Authenticator authenticator(Clock clock, AuditPort audit) {
    return tokens
        .map(file -> Authenticator.of(file, management.environment(), clock, audit))
        .orElseGet(() -> Authenticator.ofAnybody(management.environment()));
  }

  /**
   * Only callers on this machine need no token.
   *
   * @throws InvalidSettings if others can reach the API without one
   */
  void requireSafe(HttpSettings http) {
    if (tokens.isEmpty() && !allowsAnonymous && !http.isLoopback()) {
      throw new InvalidSettings(List.of(
          "CACHE_HTTP_HOST is \"%s\", where others reach the API, and callers need no token: set CACHE_TOKENS_FILE (cache token create makes tokens), or CACHE_ALLOW_ANONYMOUS=true to let everybody %s"
              .formatted(
                  http.host(),
                  management.environment().allowsChanges()
                      ? "read and change everything"
                      : "read every value")));
    }
  }
}
