package org.ocmcore.cache.domain.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;

class TokensTest {
  private static final String HASH = Token.hash("secret");

  @Test
  void aLineHasNameRoleAndHash() {
    Token token = Token.parse("ci reader sha256:" + HASH);
    assertEquals(new Token("ci", Role.READER, HASH, AppScope.ALL, Optional.empty()), token);
    assertEquals("ci reader sha256:" + HASH, token.line());
  }

  @Test
  void aLineMayLimitAppsAndTime() {
    String line =
        "a.b-C_1 operator sha256:" + HASH + " apps=bank,shop expires=2027-01-31T00:00:00Z";
    Token token = Token.parse(line);
    assertEquals(
        Optional.of(Set.of(new AppName("shop"), new AppName("bank"))),
        token.apps().only());
    assertFalse(token.isExpired(Instant.parse("2027-01-30T23:59:59Z")));
    assertTrue(token.isExpired(Instant.parse("2027-01-31T00:00:00Z")));
    assertEquals(line, token.line());
    assertEquals(token, Token.parse("  " + line.replace(" ", " \t ") + " "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ci",
        "ci reader",
        "ci reader HASH",
        "ci reader md5:HASH",
        "ci reader sha256:abc",
        "ci Reader sha256:HASH",
        "ci admin sha256:HASH",
        "ci reader sha256:HASH apps=",
        "ci reader sha256:HASH apps=a,,b",
        "ci reader sha256:HASH apps=a apps=b",
        "ci reader sha256:HASH app=a",
        "ci reader sha256:HASH apps = a",
        "ci reader sha256:HASH expires=tomorrow",
        "ci reader sha256:HASH expires=2027-01-31",
        "ci reader sha256:HASH expires=2027-02-30T00:00:00Z",
        "anonymous reader sha256:HASH",
        "service reader sha256:HASH",
        "c/i reader sha256:HASH",
        "ci reader sha256:HASH # comment"
      })
  void brokenLinesAreRejectedWithoutTheHash(String line) {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class,
        () -> Tokens.parse(List.of("# tokens", "", line.replace("HASH", HASH), "x")));
    assertFalse(failure.getMessage().contains(HASH), failure.getMessage());
    assertTrue(
        failure.getMessage().startsWith(line.isEmpty() ? "line 4" : "line 3"),
        failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"ci,ci,secret,other,the name ci", "ci,cd,secret,secret,the hash"})
  void namesAndHashesAreUnique(String one, String two, String secret, String other, String shared) {
    List<String> lines = List.of(
        one + " viewer sha256:" + Token.hash(secret), two + " viewer sha256:" + Token.hash(other));
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Tokens.parse(lines));
    assertEquals("line 2 has " + shared + " of line 1", failure.getMessage());
  }

  @Test
  void aTokenIsFoundByItsHash() {
    Tokens tokens = Tokens.parse(
        List.of("a viewer sha256:" + Token.hash("1"), "# b", "c viewer sha256:" + Token.hash("3")));
    assertEquals("c", tokens.find(Token.hash("3")).orElseThrow().name());
    assertEquals(Optional.empty(), tokens.find(Token.hash("2")));
    assertEquals(Optional.empty(), tokens.find(""));
    assertEquals(Optional.empty(), tokens.find("ä"));
  }

  @Test
  void secretsAreLongAndDiffer() {
    SecureRandom random = new SecureRandom();
    String secret = Token.newSecret(random);
    assertTrue(secret.matches("cache_[A-Za-z0-9_-]{43}"), secret);
    assertNotEquals(secret, Token.newSecret(random));
  }
}
