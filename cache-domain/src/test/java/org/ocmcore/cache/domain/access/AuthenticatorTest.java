package org.ocmcore.cache.domain.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.TooManyFailures;
import org.ocmcore.cache.domain.error.Unauthorized;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.testing.MutableClock;

class AuthenticatorTest {
  private static final InetAddress HERE = address("10.0.0.1");
  private static final String CERTIFICATE = Token.hash("certificate");

  private final MutableClock clock = new MutableClock();
  private Tokens tokens = Tokens.parse(List.of(
      "ci reader sha256:" + Token.hash("secret"),
      "old operator sha256:" + Token.hash("old") + " expires=" + clock.instant().plusSeconds(60),
      "box viewer sha256:" + CERTIFICATE + " apps=shop"));
  private final Authenticator authenticator =
      Authenticator.of(() -> tokens, Environment.DEVELOPMENT, clock, AuditPort.NONE);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Caller caller(String secret, InetAddress address) {
    return authenticator.caller(Optional.of(secret), Optional.empty(), address);
  }

  @Test
  void withoutTokensEverybodyIsAnonymous() {
    for (Environment environment : Environment.values()) {
      Caller caller =
          Authenticator.ofAnybody(environment).caller(Optional.of("any"), Optional.empty(), HERE);
      assertEquals("anonymous", caller.name());
      assertEquals(environment.allowsChanges() ? Role.OPERATOR : Role.READER, caller.role());
      assertTrue(caller.apps().isAll());
      assertEquals("10.0.0.1", caller.address());
    }
  }

  @Test
  void aTokenSaysWhoCalls() {
    assertEquals(Role.READER, caller("secret", HERE).role());
    assertEquals("ci", caller("secret", HERE).name());
    assertEquals(Role.OPERATOR, caller("old", HERE).role());
    Caller box = authenticator.caller(Optional.empty(), Optional.of(CERTIFICATE), HERE);
    assertEquals("shop", box.apps().toString());
  }

  @Test
  void aSentTokenCountsBeforeTheCertificate() {
    assertEquals(
        "ci",
        authenticator
            .caller(Optional.of("secret"), Optional.of(CERTIFICATE), HERE)
            .name());
    assertThrows(
        Unauthorized.class,
        () -> authenticator.caller(Optional.of("wrong"), Optional.of(CERTIFICATE), HERE));
  }

  @Test
  void unknownMissingAndExpiredTokensAreRefused() {
    for (String secret : List.of("", "wrong", "Secret", Token.hash("secret"))) {
      Unauthorized refusal = assertThrows(Unauthorized.class, () -> caller(secret, HERE));
      assertEquals("the token is not known here", refusal.getMessage());
    }
    assertThrows(
        Unauthorized.class, () -> authenticator.caller(Optional.empty(), Optional.empty(), HERE));
    assertThrows(
        Unauthorized.class,
        () -> authenticator.caller(Optional.empty(), Optional.of(Token.hash("other")), HERE));
    clock.advance(Duration.ofSeconds(60));
    Unauthorized expired = assertThrows(Unauthorized.class, () -> caller("old", HERE));
    assertTrue(expired.getMessage().startsWith("the token of old expired at"));
  }

  @Test
  void aReplacedSetCountsAtOnce() {
    tokens = Tokens.parse(List.of("cd viewer sha256:" + Token.hash("next")));
    assertThrows(Unauthorized.class, () -> caller("secret", HERE));
    assertEquals("cd", caller("next", HERE).name());
  }

  private BooleanSupplier validity(Optional<String> secret, Optional<String> certificate) {
    Caller caller = authenticator.caller(secret, certificate, HERE);
    BooleanSupplier validity = authenticator.validity(caller, secret, certificate);
    assertTrue(validity.getAsBoolean());
    return validity;
  }

  @Test
  void aCallerStaysUntilItsTokenChanges() {
    BooleanSupplier ci = validity(Optional.of("secret"), Optional.of(CERTIFICATE));
    BooleanSupplier box = validity(Optional.empty(), Optional.of(CERTIFICATE));
    String secret = " sha256:" + Token.hash("secret");
    String certificate = " sha256:" + CERTIFICATE;
    tokens = Tokens.parse(List.of("ci reader" + secret, "box viewer" + certificate));
    assertTrue(ci.getAsBoolean());
    assertFalse(box.getAsBoolean(), "other apps");
    tokens = Tokens.parse(List.of("ci viewer" + secret, "box viewer" + certificate + " apps=shop"));
    assertFalse(ci.getAsBoolean(), "another role");
    assertTrue(box.getAsBoolean());
    tokens = Tokens.parse(List.of("cd reader" + secret));
    assertFalse(ci.getAsBoolean(), "another name");
    assertFalse(box.getAsBoolean(), "removed");
  }

  @Test
  void jobsWaitWithTheRightsOfTheirOwner() {
    Caller caller = authenticator.caller(Optional.of("secret"), Optional.empty(), HERE);
    String secret = " sha256:" + Token.hash("secret");
    tokens = Tokens.parse(List.of("ci reader" + secret));
    assertTrue(authenticator.isStillAllowed(caller.owner()));
    tokens = Tokens.parse(List.of("ci reader" + secret + " apps=shop"));
    assertFalse(authenticator.isStillAllowed(caller.owner()), "other apps");
    tokens = Tokens.parse(List.of("ci viewer" + secret));
    assertFalse(authenticator.isStillAllowed(caller.owner()), "another role");
    tokens = Tokens.parse(List.of());
    assertFalse(authenticator.isStillAllowed(caller.owner()), "removed");
    assertTrue(authenticator.isStillAllowed(JobOwner.SERVICE));
    Authenticator anybody = Authenticator.ofAnybody(Environment.DEVELOPMENT);
    assertTrue(anybody.isStillAllowed(
        anybody.caller(Optional.empty(), Optional.empty(), HERE).owner()));
  }

  @Test
  void aCallerStaysUntilItsTokenExpires() {
    BooleanSupplier old = validity(Optional.of("old"), Optional.empty());
    clock.advance(Duration.ofSeconds(59));
    assertTrue(old.getAsBoolean());
    clock.advance(Duration.ofSeconds(1));
    assertFalse(old.getAsBoolean());
  }

  @Test
  void anonymousCallersStay() {
    Authenticator anybody = Authenticator.ofAnybody(Environment.PRODUCTION);
    Caller caller = anybody.caller(Optional.empty(), Optional.empty(), HERE);
    assertTrue(anybody.validity(caller, Optional.empty(), Optional.empty()).getAsBoolean());
  }

  @Test
  void askingForValidityIsNoAttempt() {
    BooleanSupplier ci = validity(Optional.of("secret"), Optional.empty());
    tokens = Tokens.parse(List.of());
    for (int i = 0; i < 20; i++) {
      assertFalse(ci.getAsBoolean());
    }
    assertThrows(Unauthorized.class, () -> caller("wrong", HERE));
  }

  private void failTenTimes(InetAddress address) {
    for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
      assertThrows(Unauthorized.class, () -> caller("wrong", address));
    }
  }

  @Test
  void afterTenWrongTokensAnAddressWaits() {
    failTenTimes(HERE);
    clock.advance(Duration.ofSeconds(20));
    TooManyFailures refusal = assertThrows(TooManyFailures.class, () -> caller("wrong", HERE));
    assertEquals(Duration.ofSeconds(41), refusal.retryAfter());
    assertThrows(Unauthorized.class, () -> caller("wrong", address("10.0.0.2")));
    assertEquals("ci", caller("secret", HERE).name());
    clock.advance(Duration.ofSeconds(40));
    failTenTimes(HERE);
  }

  @Test
  void missingTokensAreNoGuesses() {
    for (int i = 0; i < 20; i++) {
      assertThrows(
          Unauthorized.class, () -> authenticator.caller(Optional.empty(), Optional.empty(), HERE));
    }
  }

  @Test
  void anIpv6NetworkIsOneAddress() {
    failTenTimes(address("2001:db8:1:2::1"));
    assertThrows(TooManyFailures.class, () -> caller("wrong", address("2001:db8:1:2:ffff::9")));
    assertThrows(Unauthorized.class, () -> caller("wrong", address("2001:db8:1:3::1")));
  }

  @Test
  void manyAddressesAreForgottenOldestFirst() {
    failTenTimes(HERE);
    for (int i = 0; i < FailedAttempts.ADDRESSES; i++) {
      InetAddress other = address("11.%d.%d.1".formatted(i / 250, i % 250));
      assertThrows(Unauthorized.class, () -> caller("wrong", other));
    }
    assertThrows(Unauthorized.class, () -> caller("wrong", HERE));
    assertFalse(tokens.all().isEmpty());
  }
}
