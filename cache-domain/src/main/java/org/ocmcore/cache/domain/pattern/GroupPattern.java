package org.ocmcore.cache.domain.pattern;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A regular expression ({@link Pattern}'s syntax) that is found anywhere in a key and whose first
 * group is wanted, with a bound on its work. Immutable; each request takes a {@link Search} of its
 * own.
 *
 * <p>Work is counted in steps, as {@link KeyPattern} does. Each key has steps of its own, so what
 * is found in one depends on no other.
 */
public final class GroupPattern {
  private static final int FIRST = 1;

  /** The steps of a key: about a millisecond. */
  static final long STEPS_PER_KEY = 250_000;

  /** As many characters as the longest key has, less the last. */
  private static final int PROBE_LENGTH = CacheKey.MAX_BYTES - 1;

  private final String text;
  private final Pattern pattern;
  private final long weight;

  private GroupPattern(String text, Pattern pattern, long weight) {
    this.text = text;
    this.pattern = pattern;
    this.weight = weight;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidPattern if it has no capturing group, takes too many steps on a key that repeats
   *     a single character, or for the same reasons as {@link KeyPattern#of}
   */
  public static GroupPattern of(String regex) {
    // The same expressions are allowed.
    KeyPattern.of(regex);
    try {
      Pattern pattern = Pattern.compile(regex);
      if (pattern.matcher("").groupCount() < FIRST) {
        throw new InvalidPattern("it has no group: put what you want in parentheses", -1);
      }
      GroupPattern made =
          new GroupPattern(regex, pattern, KeyPattern.weight(RegexParser.parse(regex)));
      made.requireAffordable();
      return made;
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), e.getIndex());
    } catch (StackOverflowError e) {
      throw new InvalidPattern("the pattern is nested too deeply", -1);
    }
  }

  /** Tries long keys of one character, with another one at the end, which stops most matches. */
  private void requireAffordable() {
    IntStream.concat("a0:".chars(), text.chars())
        .filter(character -> character > ' ' && character < 0x7f)
        .distinct()
        .forEach(character -> {
          byte[] key = new byte[PROBE_LENGTH + 1];
          Arrays.fill(key, (byte) character);
          key[PROBE_LENGTH] = (byte) (character == '~' ? '}' : '~');
          try {
            search().find(key, 0, key.length);
          } catch (StepBudget.OutOfSteps | StackOverflowError e) {
            throw new InvalidPattern(
                "it takes too many steps on a key of many \"%c\": begin it with ^, and repeat nothing that repeats itself"
                    .formatted(character),
                -1);
          }
        });
  }

  /** A new search over any number of keys. For one thread. */
  public Search search() {
    return new Search();
  }

  /** The regular expression as it was given. */
  @Override
  public String toString() {
    return text;
  }

  /** Searches one key after the other and counts the steps. */
  public final class Search {
    private final StepBudget budget = StepBudget.renewable();
    private final BudgetedMatcher matcher = new BudgetedMatcher(pattern, weight, budget);

    private Search() {}

    /** A search for another thread. */
    public Search fork() {
      return new Search();
    }

    /**
     * The text of the first group in the key that is part of an array; empty if the pattern is not
     * found, is not within {@value #STEPS_PER_KEY} steps, the group took no part, or what it found
     * is no UTF-8.
     *
     * @param to the end of the key, exclusive
     */
    public Optional<String> first(byte[] bytes, int from, int to) {
      try {
        return find(bytes, from, to);
      } catch (StepBudget.OutOfSteps | StackOverflowError e) {
        return Optional.empty();
      }
    }

    /** @throws StepBudget.OutOfSteps if it takes too many steps; so does StackOverflowError */
    private Optional<String> find(byte[] bytes, int from, int to) {
      budget.renew(STEPS_PER_KEY);
      if (KeyPattern.isAscii(bytes, from, to)) {
        return matcher.findInAscii(bytes, from, to)
            ? Optional.ofNullable(matcher.group(FIRST))
            : Optional.empty();
      }
      CacheKey key = CacheKey.ofBytes(bytes, from, to);
      return matcher.find(key.characters())
          ? Optional.ofNullable(matcher.group(FIRST))
              .flatMap(group -> key.isText() ? Optional.of(group) : decoded(group))
          : Optional.empty();
    }

    private static Optional<String> decoded(String bytes) {
      try {
        return Optional.of(StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
            .toString());
      } catch (CharacterCodingException notUtf8) {
        return Optional.empty();
      }
    }
  }
}
