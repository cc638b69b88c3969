package org.ocmcore.cache.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens that there are. Immutable. */
public record Tokens(List<Token> all) {
  public Tokens {
    all = List.copyOf(all);
  }

  /**
   * Parses the lines of a file: a token each, as {@link Token#parse}. Empty lines and those that
   * begin with {@code #} do not count.
   *
   * @throws IllegalArgumentException if a line is malformed, or two tokens have one name or one
   *     hash; says which lines
   */
  public static Tokens parse(List<String> lines) {
    List<Token> tokens = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int number = i + 1;
      Token token = parse(line, number);
      for (String unique : List.of("the name " + token.name(), "the hash")) {
        String key = unique.equals("the hash") ? token.sha256() : unique;
        Integer other = taken.putIfAbsent(key, number);
        if (other != null) {
          throw new IllegalArgumentException(
              "line %d has %s of line %d".formatted(number, unique, other));
        }
      }
      tokens.add(token);
    }
    return new Tokens(tokens);
  }

  private static Token parse(String line, int number) {
    try {
      return Token.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line %d: %s".formatted(number, e.getMessage()), e);
    }
  }

  /** The token with this hash. Takes the same time whichever it is. */
  public Optional<Token> find(String sha256) {
    byte[] wanted = sha256.getBytes(StandardCharsets.US_ASCII);
    Token found = null;
    for (Token token : all) {
      if (MessageDigest.isEqual(wanted, token.sha256().getBytes(StandardCharsets.US_ASCII))) {
        found = token;
      }
    }
    return Optional.ofNullable(found);
  }
}
