package org.ocmcore.cache.domain.key;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds out how often a regular expression can go round without looking at a character.
 *
 * <p>{@code (){1000000000}} keeps {@link java.util.regex} busy for seconds and never calls
 * {@code charAt}, so counting characters cannot stop it. What matters is the least count of a
 * repetition whose body may be empty, multiplied down the nesting. Groups and anchors may be empty;
 * a character or a class never is. Expects a regular expression that
 * {@link java.util.regex.Pattern} has accepted.
 */
final class RepetitionScan {
  static final int MAX = 1_000;

  private final String regex;
  private int at;

  /** The heaviest repetition so far in each group that is open here. */
  private final Deque<Long> open = new ArrayDeque<>();

  /** What a repetition of the thing just read would multiply; 0 if that cannot be empty. */
  private long last = 1;

  RepetitionScan(String regex) {
    this.regex = regex;
  }

  /**
   * The heaviest product of least counts, at least 0 (nothing repeats blindly) and at most
   * {@link #MAX}.
   *
   * @throws InvalidPattern if it is more, or if the pattern switches comments mode on
   */
  int blindRepetitions() {
    open.push(0L);
    while (at < regex.length()) {
      char c = regex.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> openGroup();
        case ')' -> closeGroup();
        case '{' -> repetition();
        case '|' -> plain(1);
        case '^', '$' -> plain(1);
        case '*', '+', '?' -> plain(1);
        default -> plain(0);
      }
    }
    return (int) (long) open.getLast();
  }

  private void plain(long weight) {
    at++;
    last = weight;
  }

  private void escape() {
    char kind = regex.charAt(at + 1);
    at += 2;
    last = 0;
    switch (kind) {
      case 'Q' -> skipPast("\\E");
      case 'p', 'P', 'x', 'N' -> {
        if (at < regex.length() && regex.charAt(at) == '{') {
          skipPast("}");
        }
      }
      case 'k' -> {
        skipPast(">");
        last = 1;
      }
      case 'b' -> {
        if (regex.startsWith("{g}", at)) {
          at += 3;
        }
        last = 1;
      }
      case 'B', 'A', 'G', 'Z', 'z', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> last = 1;
      default -> {
        // One character or a class of them.
      }
    }
  }

  private void skipPast(String end) {
    int found = regex.indexOf(end, at);
    at = found < 0 ? regex.length() : found + end.length();
  }

  private void characterClass() {
    int depth = 0;
    do {
      switch (regex.charAt(at)) {
        case '[' -> {
          depth++;
          at++;
        }
        case ']' -> {
          depth--;
          at++;
        }
        case '\\' -> escape();
        default -> at++;
      }
    } while (depth > 0 && at < regex.length());
    last = 0;
  }

  private void openGroup() {
    if (regex.startsWith("(?", at)) {
      for (int i = at + 2; i < regex.length() && Character.isLetter(regex.charAt(i)); i++) {
        if (regex.charAt(i) == 'x') {
          throw new InvalidPattern("comments mode (?x) is not supported", at);
        }
      }
    }
    open.push(0L);
    plain(1);
  }

  private void closeGroup() {
    at++;
    long inside = open.pop();
    if (open.isEmpty()) {
      throw new InvalidPattern("unmatched closing ')'", at - 1);
    }
    open.push(Math.max(open.pop(), inside));
    last = Math.max(1, inside);
  }

  private void repetition() {
    int start = at++;
    long least = 0;
    while (at < regex.length() && Character.isDigit(regex.charAt(at))) {
      least = Math.min(Integer.MAX_VALUE, least * 10 + Character.digit(regex.charAt(at), 10));
      at++;
    }
    skipPast("}");
    long weight = last * least;
    if (weight > MAX) {
      throw new InvalidPattern(
          "something that may be empty is repeated %d times, at most %d are allowed"
              .formatted(weight, MAX),
          start);
    }
    open.push(Math.max(open.pop(), weight));
    last = 1;
  }
}
