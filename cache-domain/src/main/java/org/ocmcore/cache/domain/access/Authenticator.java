package org.ocmcore.cache.domain.access;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.TooManyFailures;
import org.ocmcore.cache.domain.error.Unauthorized;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.AuditPort;

/** Finds out who calls. Safe for use by any number of threads. */
public final class Authenticator {
  private final Optional<Supplier<Tokens>> tokens;
  private final Environment environment;
  private final Clock clock;
  private final AuditPort audit;
  private final FailedAttempts failures;

  private Authenticator(
      Optional<Supplier<Tokens>> tokens, Environment environment, Clock clock, AuditPort audit) {
    this.tokens = tokens;
    this.environment = environment;
    this.clock = clock;
    this.audit = audit;
    this.failures = new FailedAttempts(clock);
  }

  /** Everybody is {@link Caller#anonymous}. */
  public static Authenticator ofAnybody(Environment environment) {
    return new Authenticator(Optional.empty(), environment, Clock.systemUTC(), AuditPort.NONE);
  }

  /**
   * Only callers with a token are served.
   *
   * @param tokens the current ones
   * @param audit receives the refusals
   */
  public static Authenticator of(
      Supplier<Tokens> tokens, Environment environment, Clock clock, AuditPort audit) {
    return new Authenticator(Optional.of(tokens), environment, clock, audit);
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
    Optional<String> hash = hash(secret, certificate);
    if (hash.isEmpty()) {
      throw new Unauthorized("no token was sent; send the header Authorization: Bearer TOKEN");
    }
    Optional<Token> token = tokens.get().get().find(hash.get());
    if (token.isEmpty() || token.get().isExpired(clock.instant())) {
      throw refused(token, secret.isPresent() ? "token" : "client certificate", address);
    }
    return token.get().caller(from);
  }

  /**
   * Whether somebody who was let in would still be let in as the same caller. That ends when the
   * token or certificate is removed, expires, or gets another name, role or apps; callers without
   * one stay. The answer is new each time. It costs a search of the tokens, and is never counted as
   * an attempt. Safe for use by any number of threads.
   *
   * @param caller as {@link #caller} gave it for the same secret and certificate
   * @param secret only its hash is kept
   */
  public BooleanSupplier validity(
      Caller caller, Optional<String> secret, Optional<String> certificate) {
    if (tokens.isEmpty()) {
      return () -> true;
    }
    Optional<String> hash = hash(secret, certificate);
    return () -> hash.flatMap(tokens.get().get()::find)
        .filter(token -> !token.isExpired(clock.instant()))
        .filter(token -> token.caller(caller.address()).equals(caller))
        .isPresent();
  }

  /**
   * Whether a caller who has asked for a job has still the role and the apps with which it was
   * asked for. Callers without a token, and the service itself, keep them.
   */
  public boolean isStillAllowed(JobOwner owner) {
    return tokens.isEmpty()
        || owner.equals(JobOwner.SERVICE)
        || tokens.get().get().all().stream()
            .filter(token -> !token.isExpired(clock.instant()))
            .anyMatch(token -> token.caller("").owner().equals(owner));
  }

  private static Optional<String> hash(Optional<String> secret, Optional<String> certificate) {
    return secret.map(Token::hash).or(() -> certificate);
  }

  /**
   * Records that a request was refused, since its caller is unknown.
   *
   * @param request in words, for people
   * @param reason in words; never the token
   */
  public void recordRefusal(InetAddress address, String request, String reason) {
    audit.record(new AuditEntry(
        clock.instant(),
        "",
        "",
        address.getHostAddress(),
        "sign-in",
        request,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Outcome.REFUSED,
        Unauthorized.class.getSimpleName(),
        reason,
        ""));
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
