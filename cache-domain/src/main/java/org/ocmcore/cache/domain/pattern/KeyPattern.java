package org.ocmcore.cache.domain.pattern;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

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
   * {@value #CHARACTERS_IN_PAIRS} characters, so that a plain pattern gets through very many keys:
   * one such as {@code (?=.*old)} looks at all that follows for each place where it may begin.
   */
  static final long STEPS_GRANTED_BY_KEY = 200;

  static final long STEPS_GRANTED_BY_CHARACTER = 2;

  static final long STEPS_GRANTED_BY_PAIR = 1;

  static final long CHARACTERS_IN_PAIRS = 64;

  /** The most steps that all keys of a request add: some seconds of one processor, and no more. */
  static final long MOST_STEPS_GRANTED = 100_000_000;

  /** The most steps that one character may count as. */
  static final long MAX_WEIGHT = 1_000;

  /** What the matcher may do beside looking at a character before that counts as another step. */
  private static final double FREE_VISITS = 16;

  private final String regex;
  private final KeyRange range;
  private final Optional<Automaton> automaton;
  private final Optional<Backtracking> backtracking;

  private KeyPattern(
      String regex,
      KeyRange range,
      Optional<Automaton> automaton,
      Optional<Backtracking> backtracking) {
    this.regex = regex;
    this.range = range;
    this.automaton = automaton;
    this.backtracking = backtracking;
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
      String unquoted = RegexCostAnalyzer.unquoted(regex);
      Optional<Automaton> automaton = RegularExpression.of(unquoted).flatMap(Automaton::of);
      // What belongs to a word differs between versions of Java, but not in ASCII.
      boolean alone = automaton.isPresent() && !automaton.get().asksForWords;
      return new KeyPattern(
          regex,
          KeyRange.prefix(AnchoredPrefix.of(unquoted)),
          automaton,
          alone ? Optional.empty() : Optional.of(Backtracking.of(unquoted)));
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), e.getIndex());
    } catch (StackOverflowError e) {
      throw new InvalidPattern("the pattern is nested too deeply", -1);
    }
  }

  /** How many steps one character counts as where {@link Pattern} is at work, at least 1. */
  long weight() {
    return backtracking.map(Backtracking::weight).orElse(1L);
  }

  /** Whether its work on each key is linear, if the key is ASCII. */
  boolean isLinear() {
    return automaton.isPresent();
  }

  /** The keys outside of which it is never found. */
  public KeyRange range() {
    return range;
  }

  /** A search over any number of keys within one bound on its work. For one thread. */
  public Search search() {
    return new Search(new StepBudget(STEPS_PER_REQUEST, MOST_STEPS_GRANTED));
  }

  /** The regular expression as it was given. */
  @Override
  public String toString() {
    return regex;
  }

  private static long granted(long length) {
    long paired = Math.min(length, CHARACTERS_IN_PAIRS);
    return STEPS_GRANTED_BY_KEY
        + STEPS_GRANTED_BY_CHARACTER * length
        + STEPS_GRANTED_BY_PAIR * paired * paired;
  }

  /** Searches keys one after the other and counts the steps. */
  public final class Search {
    private final StepBudget steps;
    private final LazyDfa automatonRun;
    private final BudgetedMatcher matcherRun;

    private Search(StepBudget steps) {
      this.steps = steps;
      automatonRun = automaton.map(found -> new LazyDfa(found, steps)).orElse(null);
      matcherRun = backtracking
          .map(found -> new BudgetedMatcher(found.pattern(), found.weight(), steps))
          .orElse(null);
    }

    /**
     * A search for another thread, within the same bound. A pattern that needs no more on any key
     * than the key grants is answered however the keys are shared out, and one that takes too much
     * on a single key is refused. In between, threads that keep some steps for themselves may cause
     * a refusal by a few million steps a thread earlier.
     */
    public Search fork() {
      return new Search(steps.fork());
    }

    /** How many steps this search may still spend. */
    long left() {
      return steps.left();
    }

    /**
     * Whether the pattern is found in the key.
     *
     * @throws PatternTooCostly if this key, or all keys of this search and its forks together, took
     *     more steps than allowed; the search is then of no more use
     */
    public boolean finds(CacheKey key) {
      byte[] bytes = key.bytes();
      return finds(bytes, 0, bytes.length);
    }

    /**
     * Whether the pattern is found in the key that these bytes are; as {@link #finds(CacheKey)}.
     *
     * @param from where the key begins
     * @param to where it has ended
     */
    public boolean finds(byte[] bytes, int from, int to) {
      steps.grant(granted(to - from));
      try {
        if (automatonRun == null) {
          return isAscii(bytes, from, to)
              ? matcherRun.inAscii(bytes, from, to)
              : matcherRun.in(CacheKey.characters(bytes, from, to));
        }
        return switch (automatonRun.inAscii(bytes, from, to)) {
          case FOUND -> true;
          case NOT_FOUND -> false;
          case UNKNOWN -> inText(CacheKey.characters(bytes, from, to));
        };
      } catch (StepBudget.OutOfSteps | StackOverflowError e) {
        CacheKey key = CacheKey.ofBytes(Arrays.copyOfRange(bytes, from, to));
        throw new PatternTooCostly(regex, key.toString());
      }
    }

    private boolean inText(String text) {
      return matcherRun == null ? automatonRun.in(text) : matcherRun.in(text);
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] < 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * What {@link Pattern} does where an automaton cannot.
   *
   * @param weight how many steps one character counts as, at least 1
   */
  private record Backtracking(Pattern pattern, long weight) {
    static Backtracking of(String unquoted) {
      String needed = RegexCostAnalyzer.withoutLeadingDots(unquoted);
      double weight = 1 + Math.floor(RegexCostAnalyzer.of(needed).most() / FREE_VISITS);
      if (weight > MAX_WEIGHT) {
        throw new InvalidPattern(
            "the pattern repeats or combines too much that may be empty; its cost has no bound",
            -1);
      }
      return new Backtracking(Pattern.compile(needed), (long) weight);
    }
  }
}
