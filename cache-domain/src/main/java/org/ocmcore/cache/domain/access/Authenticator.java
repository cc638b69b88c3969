package org.ocmcore.cache.domain.access;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.TooManyFailures;
import org.ocmcore.cache.domain.error.Unauthorized;

/** Finds out who calls. Safe for use by any number of threads. */
public final class Authenticator {
  private final Optional<Supplier<Tokens>> tokens;
  private final Environment environment;
  private final Clock clock;
  private final FailedAttempts failures;

  private Authenticator(Optional<Supplier<Tokens>> tokens, Environment environment, Clock clock) {
    this.tokens = tokens;
    this.environment = environment;
    this.clock = clock;
    this.failures = new FailedAttempts(clock);
  }

  /** Everybody is {@link Caller#anonymous}. */
  public static Authenticator ofAnybody(Environment environment) {
    return new Authenticator(Optional.empty(), environment, Clock.systemUTC());
  }

  /** Only callers with a token are served. @param tokens the current ones */
  public static Authenticator of(Supplier<Tokens> tokens, Environment environment, Clock clock) {
    return new Authenticator(Optional.of(tokens), environment, clock);
  }

  /** Whether callers need a token. */
  public boolean needsToken() {
    return tokens.isPresent();
  }

  /**
   * The caller.
   *
   * @param secret the token that was sent; empty if none was
   * @param certificate the SHA-256 of the client's certificate; empty if it has none
   * @throws Unauthorized if a token is needed, and neither is valid
   * @throws TooManyFailures the same, after {@value FailedAttempts#ALLOWED} wrong tokens in a
   *     minute from the address. A valid token is always taken, so that others cannot lock its
   *     owner out; tokens are too long to be guessed
   */
  public Caller caller(Optional<String> secret, Optional<String> certificate, InetAddress address) {
    String from = address.getHostAddress();
    if (tokens.isEmpty()) {
      return Caller.anonymous(environment, from);
    }
    Optional<String> hash = secret.map(Token::hash).or(() -> certificate);
    if (hash.isEmpty()) {
      throw new Unauthorized("no token was sent; send the header Authorization: Bearer TOKEN");
    }
    Optional<Token> token = tokens.get().get().find(hash.get());
    if (token.isEmpty() || token.get().isExpired(clock.instant())) {
      throw refused(token, secret.isPresent() ? "token" : "client certificate", address);
    }
    return token.get().caller(from);
  }

  private RuntimeException refused(Optional<Token> token, String what, InetAddress address) {
    Duration wait = failures.add(address);
    if (!wait.isZero()) {
      return new TooManyFailures(address.getHostAddress(), wait.plusSeconds(1));
    }
    return new Unauthorized(token
        .map(known -> "the %s of %s expired at %s"
            .formatted(what, known.name(), known.expires().orElseThrow()))
        .orElse("the %s is not known here".formatted(what)));
  }
}
