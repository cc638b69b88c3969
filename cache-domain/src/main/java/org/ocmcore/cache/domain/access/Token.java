package org.ocmcore.cache.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;

/**
 * What a caller signs in with. The secret itself is not kept.
 *
 * @param name 1 to 64 letters, digits and {@code . _ -}
 * @param sha256 the SHA-256 of the secret, or of a certificate in DER, in 64 lower case hexadecimal
 *     digits
 * @param apps whose keys the caller may see and change
 * @param expires when it ends; empty if never
 */
public record Token(
    String name, Role role, String sha256, AppScope apps, Optional<Instant> expires) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String HASH = "sha256:";
  private static final String APPS = "apps=";
  private static final String EXPIRES = "expires=";
  private static final int SECRET_BYTES = 32;

  /** Names of callers that are no tokens. */
  private static final Set<String> RESERVED = Set.of(Caller.ANONYMOUS, Caller.SERVICE.name());

  /** @throws IllegalArgumentException if the name or hash is malformed, or the name is reserved */
  public Token {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is \"%s\", it must be 1 to 64 letters, digits, dots, _ or -".formatted(name));
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException("name is \"%s\", which is taken".formatted(name));
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "the third word must be sha256: with 64 lower case hexadecimal digits");
    }
  }

  /** A new secret, which nobody can guess. It is safe in headers and files. */
  public static String newSecret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "cache_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The hash by which a secret is known. */
  public static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Parses a line: {@code NAME ROLE sha256:HEX [apps=a,b] [expires=RFC3339]}.
   *
   * @throws IllegalArgumentException if it is malformed; says why, and never quotes the hash
   */
  public static Token parse(String line) {
    List<String> words = Arrays.asList(line.strip().split("\\s+"));
    if (words.size() < 3) {
      throw new IllegalArgumentException(
          "it must be NAME ROLE sha256:HEX, and perhaps apps=a,b and expires=TIME");
    }
    if (!words.get(2).startsWith(HASH)) {
      throw new IllegalArgumentException("the third word must begin with sha256:");
    }
    Optional<AppScope> apps = Optional.empty();
    Optional<Instant> expires = Optional.empty();
    for (String word : words.subList(3, words.size())) {
      if (word.startsWith(APPS) && apps.isEmpty()) {
        apps = Optional.of(parseApps(word.substring(APPS.length())));
      } else if (word.startsWith(EXPIRES) && expires.isEmpty()) {
        expires = Optional.of(parseTime(word.substring(EXPIRES.length())));
      } else {
        throw new IllegalArgumentException(
            "\"%s\" must be apps=a,b or expires=TIME, each once".formatted(word));
      }
    }
    return new Token(
        words.get(0),
        parseRole(words.get(1)),
        words.get(2).substring(HASH.length()),
        apps.orElse(AppScope.ALL),
        expires);
  }

  private static Role parseRole(String text) {
    try {
      return Role.named(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("role is \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }

  /**
   * The apps with these names, separated by commas.
   *
   * @throws IllegalArgumentException if a name is empty or too long; a missing name must not allow
   *     all
   */
  public static AppScope parseApps(String names) {
    return AppScope.of(Arrays.stream(names.split(",", -1))
        .map(AppName::new)
        .collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * A time such as {@code 2027-01-31T00:00:00Z}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Instant parseTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expires is \"%s\", it must be a time such as 2027-01-31T00:00:00Z".formatted(text), e);
    }
  }

  /** The line that {@link #parse} takes. */
  public String line() {
    return name
        + " "
        + role
        + " "
        + HASH
        + sha256
        + apps.only()
            .map(only ->
                " " + APPS + String.join(",", only.stream().map(AppName::name).toList()))
            .orElse("")
        + expires.map(end -> " " + EXPIRES + end).orElse("");
  }

  /** Whether it has ended. */
  public boolean isExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** The caller with this token. @param address where the caller is */
  Caller caller(String address) {
    return new Caller(name, role, apps, address);
  }
}
