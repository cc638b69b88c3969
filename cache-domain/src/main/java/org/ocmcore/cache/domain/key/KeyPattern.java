package org.ocmcore.cache.domain.key;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ocmcore.cache.domain.error.PatternTooCostly;

/**
 * A regular expression ({@link Pattern}'s syntax) that is found anywhere in a key, with a bound on
 * its work. Immutable; each request takes a {@link Search} of its own.
 *
 * <p>Work is counted in steps, not in time, so that the same pattern on the same keys is refused on
 * every machine or on none. A step is a character that the matcher looks at, with a little that it
 * does beside that; where it may do much beside, each character counts as more steps.
 */
public final class KeyPattern {
  public static final int MAX_LENGTH = 1_000;

  /** The most steps that one key may cost: a few milliseconds. */
  static final long STEPS_PER_KEY = 1_000_000;

  /** What a request may spend whatever it searches: some tenths of a second. */
  static final long STEPS_PER_REQUEST = 50_000_000;

  /**
   * What each key that is searched adds to that, each of its characters, and each pair of its first
   * {@value #CHARACTERS_IN_PAIRS} characters, so that a plain pattern gets through any number of
   * keys: one such as {@code .+-old$} looks at all that follows for each place where it may begin.
   */
  static final long STEPS_GRANTED_BY_KEY = 1_000;

  static final long STEPS_GRANTED_BY_CHARACTER = 2;

  static final long STEPS_GRANTED_BY_PAIR = 2;

  static final long CHARACTERS_IN_PAIRS = 64;

  /** The most steps that one character may count as. */
  static final long MAX_WEIGHT = 1_000;

  /** What the matcher may do beside looking at a character before that counts as another step. */
  private static final double FREE_VISITS = 16;

  private final String regex;
  private final Pattern pattern;
  private final long weight;

  private KeyPattern(String regex, Pattern pattern, long weight) {
    this.regex = regex;
    this.pattern = pattern;
    this.weight = weight;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidPattern if it is empty, longer than {@value #MAX_LENGTH} characters, no regular
   *     expression, nested too deeply to compile, in comments mode ({@code (?x)}), or has the
   *     matcher do too much without looking at a character, as {@code (){9999999}} does
   */
  public static KeyPattern of(String regex) {
    if (regex.isEmpty()) {
      throw new InvalidPattern("the pattern is empty", -1);
    }
    if (regex.length() > MAX_LENGTH) {
      throw new InvalidPattern(
          "the pattern is %d characters long, at most %d are allowed"
              .formatted(regex.length(), MAX_LENGTH),
          -1);
    }
    try {
      // First as it was given, so that the position in an error is right.
      Pattern.compile(regex);
      String needed = BlindWorkScan.withoutLeadingDots(BlindWorkScan.unquoted(regex));
      return new KeyPattern(regex, Pattern.compile(needed), weight(needed));
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), e.getIndex());
    } catch (StackOverflowError e) {
      throw new InvalidPattern("the pattern is nested too deeply", -1);
    }
  }

  private static long weight(String regex) {
    double weight = 1 + Math.floor(BlindWorkScan.of(regex).most() / FREE_VISITS);
    if (weight > MAX_WEIGHT) {
      throw new InvalidPattern(
          "the pattern repeats or combines too much that may be empty; its cost has no bound", -1);
    }
    return (long) weight;
  }

  /** How many steps one character counts as, at least 1. */
  long weight() {
    return weight;
  }

  /** The keys outside of which it is never found. */
  public KeyRange range() {
    return KeyRange.ALL;
  }

  /** A search over any number of keys within one bound on its work. For one thread. */
  public Search search() {
    return new Search();
  }

  /** The regular expression as it was given. */
  @Override
  public String toString() {
    return regex;
  }

  /** Matches keys one after the other and counts the steps. */
  public final class Search {
    private final CountedCharacters characters = new CountedCharacters();
    private long left = STEPS_PER_REQUEST;

    private Search() {}

    /** How many steps this search may still spend. */
    long left() {
      return left;
    }

    /**
     * Whether the pattern is found in the key that these bytes are; as {@link #finds(CacheKey)}.
     *
     * @param from where the key begins
     * @param to where it has ended
     */
    public boolean finds(byte[] bytes, int from, int to) {
      return finds(CacheKey.ofBytes(Arrays.copyOfRange(bytes, from, to)));
    }

    /**
     * Whether the pattern is found in the key.
     *
     * @throws PatternTooCostly if this key, or all keys of this search together, took more steps
     *     than allowed; the search is then of no more use
     */
    public boolean finds(CacheKey key) {
      String text = key.characters();
      left += granted(text.length());
      characters.reset(text, Math.min(STEPS_PER_KEY, left));
      try {
        // Each place where a match may start costs as much, whether a character is looked at or
        // not.
        characters.spend((weight - 1) * (text.length() + 1));
        return pattern.matcher(characters).find();
      } catch (OutOfSteps | StackOverflowError e) {
        throw new PatternTooCostly(regex, key.toString());
      } finally {
        left -= characters.spent;
      }
    }
  }

  private static long granted(long length) {
    long paired = Math.min(length, CHARACTERS_IN_PAIRS);
    return STEPS_GRANTED_BY_KEY
        + STEPS_GRANTED_BY_CHARACTER * length
        + STEPS_GRANTED_BY_PAIR * paired * paired;
  }

  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super(null, null, false, false);
    }
  }

  private final class CountedCharacters implements CharSequence {
    private String text = "";
    private long allowed;
    private long spent;

    void reset(String text, long allowed) {
      this.text = text;
      this.allowed = allowed;
      this.spent = 0;
    }

    void spend(long steps) {
      spent += steps;
      if (spent > allowed) {
        throw new OutOfSteps();
      }
    }

    @Override
    public char charAt(int index) {
      spend(weight);
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
