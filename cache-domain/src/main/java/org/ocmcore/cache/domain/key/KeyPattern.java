package org.ocmcore.cache.domain.key;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ocmcore.cache.domain.error.PatternTooCostly;

/**
 * A regular expression ({@link Pattern}'s syntax) that is found anywhere in a key, with a bound on
 * its work. Immutable; each request takes a {@link Search} of its own.
 *
 * <p>Work is counted in steps, not in time, so that the same pattern on the same keys is refused on
 * every machine or on none. A step is a character that the matcher looks at. What repeats without
 * looking at any, such as {@code (){999}}, is charged beforehand.
 */
public final class KeyPattern {
  public static final int MAX_LENGTH = 1_000;

  /** The most steps that one key may cost: a few milliseconds. */
  static final long STEPS_PER_KEY = 1_000_000;

  /** What a request may spend whatever it searches: some tenths of a second. */
  static final long STEPS_PER_REQUEST = 50_000_000;

  /**
   * What each key that is searched adds to that, so that a plain pattern gets through any number of
   * keys.
   */
  static final long STEPS_GRANTED_BY_KEY = 200;

  private final Pattern pattern;
  private final int blindRepetitions;

  private KeyPattern(Pattern pattern, int blindRepetitions) {
    this.pattern = pattern;
    this.blindRepetitions = blindRepetitions;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidPattern if it is empty, longer than {@value #MAX_LENGTH} characters, no regular
   *     expression, nested too deeply to compile, in comments mode ({@code (?x)}), or repeats
   *     something that may be empty more than {@value RepetitionScan#MAX} times
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
      return new KeyPattern(Pattern.compile(regex), new RepetitionScan(regex).blindRepetitions());
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), e.getIndex());
    } catch (StackOverflowError e) {
      throw new InvalidPattern("the pattern is nested too deeply", -1);
    }
  }

  /** A search over any number of keys within one bound on its work. For one thread. */
  public Search search() {
    return new Search();
  }

  /** The regular expression as it was given. */
  @Override
  public String toString() {
    return pattern.pattern();
  }

  /** Matches keys one after the other and counts the steps. */
  public final class Search {
    private final CountedCharacters characters = new CountedCharacters();
    private long left = STEPS_PER_REQUEST;

    private Search() {}

    /**
     * Whether the pattern is found in the key.
     *
     * @throws PatternTooCostly if this key, or all keys of this search together, took more steps
     *     than allowed; the search is then of no more use
     */
    public boolean finds(CacheKey key) {
      left += STEPS_GRANTED_BY_KEY;
      long allowed = Math.min(STEPS_PER_KEY, left);
      String text = key.characters();
      characters.reset(text, allowed);
      try {
        characters.spend((long) blindRepetitions * (text.length() + 1));
        return pattern.matcher(characters).find();
      } catch (OutOfSteps | StackOverflowError e) {
        throw new PatternTooCostly(pattern.pattern(), key.toString());
      } finally {
        left -= characters.spent;
      }
    }
  }

  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super(null, null, false, false);
    }
  }

  private static final class CountedCharacters implements CharSequence {
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
      spend(1);
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
