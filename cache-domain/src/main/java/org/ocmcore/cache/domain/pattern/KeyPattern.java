package org.ocmcore.cache.domain.pattern;

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
 * <p>Work is counted in steps, not in time, so that each machine refuses the same patterns on the
 * same keys. A step is one look at a character and a little other work of the matcher. If a pattern
 * can cause much other work, each look counts as more steps.
 */
public final class KeyPattern {
  public static final int MAX_LENGTH = 1_000;

  /** The most steps that one key may cost: a few milliseconds. */
  static final long STEPS_PER_KEY = 1_000_000;

  /** The steps of a request, however few keys it searches: some tenths of a second. */
  static final long STEPS_PER_REQUEST = 50_000_000;

  /**
   * The steps that each searched key adds to those of the request. Each character of the key adds
   * {@link #STEPS_GRANTED_BY_CHARACTER}, and each pair of its first {@value #CHARACTERS_IN_PAIRS}
   * characters {@link #STEPS_GRANTED_BY_PAIR}, so that a plain pattern can search very many keys:
   * {@code (?=.*old)} reads the rest of the key for each position where it may begin.
   */
  static final long STEPS_GRANTED_BY_KEY = 200;

  static final long STEPS_GRANTED_BY_CHARACTER = 2;

  static final long STEPS_GRANTED_BY_PAIR = 1;

  static final long CHARACTERS_IN_PAIRS = 64;

  /** The most steps that all keys of a request add: some seconds of one processor. */
  static final long MOST_STEPS_GRANTED = 100_000_000;

  /** The most steps of a request, however many keys it searches. */
  public static final long MOST_STEPS = STEPS_PER_REQUEST + MOST_STEPS_GRANTED;

  /** The most steps that one character may count as. */
  static final long MAX_WEIGHT = 1_000;

  /** Keys made of one of them have nothing in common. */
  private static final String UNLIKE = "aZ0:_-./é鍵";

  private static final int UNLIKE_LENGTH = 40;

  /** The nodes that the matcher visits for a character before that counts as another step. */
  private static final double FREE_VISITS = 16;

  private final String text;
  private final boolean isGlob;
  private final KeyRange range;
  private final boolean isRange;
  private final Optional<Automaton> automaton;
  private final Optional<Backtracking> backtracking;
  private final long mostSteps;

  private KeyPattern(
      String text,
      boolean isGlob,
      AnchoredPrefix prefix,
      Optional<Automaton> automaton,
      Optional<Backtracking> backtracking) {
    this.text = text;
    this.isGlob = isGlob;
    this.range = KeyRange.prefix(prefix.bytes());
    this.isRange = prefix.isWhole();
    this.automaton = automaton;
    this.backtracking = backtracking;
    this.mostSteps = MOST_STEPS;
  }

  private KeyPattern(KeyPattern other, long mostSteps) {
    this.text = other.text;
    this.isGlob = other.isGlob;
    this.range = other.range;
    this.isRange = other.isRange;
    this.automaton = other.automaton;
    this.backtracking = other.backtracking;
    this.mostSteps = mostSteps;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidPattern if the pattern is empty, longer than {@value #MAX_LENGTH} characters,
   *     not a regular expression, nested too deeply to compile, in comments mode ({@code (?x)}),
   *     has an intersection with nothing on its right ({@code [a&&]}), or causes too much work
   *     without a look at a character, as {@code (){9999999}} does
   */
  public static KeyPattern of(String regex) {
    requireLength(regex);
    return of(regex, false, regex);
  }

  /**
   * Compiles a glob, which must match the whole key; see {@link Glob}.
   *
   * @throws InvalidPattern if it is empty, longer than {@value #MAX_LENGTH} characters, or no glob
   */
  public static KeyPattern ofGlob(String glob) {
    requireLength(glob);
    try {
      return of(glob, true, Glob.regex(glob));
    } catch (InvalidPattern e) {
      // A position in the expression means nothing to the reader of the glob.
      throw new InvalidPattern(e.getMessage(), -1);
    }
  }

  private static void requireLength(String text) {
    if (text.isEmpty()) {
      throw new InvalidPattern("the pattern is empty", -1);
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidPattern(
          "the pattern is %d characters long, at most %d are allowed"
              .formatted(text.length(), MAX_LENGTH),
          -1);
    }
  }

  private static KeyPattern of(String text, boolean isGlob, String regex) {
    try {
      // First as it was given, so that the position in an error is right.
      Pattern.compile(regex);
      RegexTree tree = RegexParser.parse(regex);
      Optional<Automaton> automaton = Automaton.of(tree);
      // What belongs to a word differs between versions of Java, but not in ASCII.
      boolean needsNoBacktracking = automaton.isPresent() && !automaton.get().hasWordBoundaries;
      return new KeyPattern(
          text,
          isGlob,
          AnchoredPrefix.of(tree),
          automaton,
          needsNoBacktracking ? Optional.empty() : Optional.of(Backtracking.of(tree)));
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), e.getIndex());
    } catch (StackOverflowError e) {
      throw new InvalidPattern("the pattern is nested too deeply", -1);
    }
  }

  /** The steps that one character counts as if {@link Pattern} matches, at least 1. */
  long weight() {
    return backtracking.map(Backtracking::weight).orElse(1L);
  }

  /** Whether the work on each key that is ASCII is linear in its length. */
  boolean isLinear() {
    return automaton.isPresent();
  }

  /** A range that holds every key in which the pattern is found. */
  public KeyRange range() {
    return range;
  }

  /** Whether the pattern is found in every key of {@link #range}, as {@code ^user:} is. */
  public boolean isRange() {
    return isRange;
  }

  /** Whether the pattern is found in keys that have no character in common, as {@code .*} is. */
  public boolean isFoundEverywhere() {
    try {
      Search search = search();
      return UNLIKE
          .codePoints()
          .mapToObj(character -> CacheKey.of(Character.toString(character).repeat(UNLIKE_LENGTH)))
          .allMatch(search::finds);
    } catch (PatternTooCostly e) {
      // No pattern that is found at once takes so much.
      return false;
    }
  }

  /**
   * The same pattern with another bound than {@link #MOST_STEPS}. As of that, a third is for any
   * keys, and the rest is granted by the keys that are searched.
   *
   * @param steps the most steps of a request, at least 3
   */
  public KeyPattern limitedTo(long steps) {
    return new KeyPattern(this, steps);
  }

  /** A new search over any number of keys with one bound on its work. For one thread. */
  public Search search() {
    long ofRequest = mostSteps / 3;
    return new Search(new StepBudget(ofRequest, mostSteps - ofRequest));
  }

  /** Whether it was given as a glob. */
  public boolean isGlob() {
    return isGlob;
  }

  /** The regular expression or glob as it was given. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The steps that one character counts as if {@link Pattern} matches, at least 1.
   *
   * @throws InvalidPattern if they have no bound
   */
  static long weight(RegexTree tree) {
    double weight = 1 + Math.floor(RegexCost.of(tree).maxVisits() / FREE_VISITS);
    if (weight > MAX_WEIGHT) {
      throw new InvalidPattern(
          "the pattern repeats or combines too much that may be empty; its cost has no bound", -1);
    }
    return (long) weight;
  }

  static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The steps that a key of so many bytes grants. */
  static long granted(long length) {
    long paired = Math.min(length, CHARACTERS_IN_PAIRS);
    return STEPS_GRANTED_BY_KEY
        + STEPS_GRANTED_BY_CHARACTER * length
        + STEPS_GRANTED_BY_PAIR * paired * paired;
  }

  /** Searches one key after the other and counts the steps. */
  public final class Search {
    private final StepBudget budget;

    /** Null if the pattern has no automaton. */
    private final LazyDfa dfa;

    /** Null if the automaton can search all keys. */
    private final BudgetedMatcher matcher;

    private Search(StepBudget budget) {
      this.budget = budget;
      dfa = automaton.map(found -> new LazyDfa(found, budget)).orElse(null);
      matcher = backtracking
          .map(found -> new BudgetedMatcher(found.pattern(), found.weight(), budget))
          .orElse(null);
    }

    /**
     * A search for another thread, with the same bound. If a pattern needs no more steps on any key
     * than the key grants, it is answered, whichever thread searches which key. If it takes too
     * many on a single key, it is refused. In between, it may be refused a few million steps a
     * thread earlier than on one thread, since each thread keeps some steps for itself.
     */
    public Search fork() {
      return new Search(budget.fork());
    }

    /** The steps that this search may still spend. */
    long left() {
      return budget.left();
    }

    /**
     * Whether the pattern is found in the key.
     *
     * @throws PatternTooCostly if this key, or all keys of this search and its forks together, took
     *     more steps than allowed; do not use the search after that
     */
    public boolean finds(CacheKey key) {
      byte[] bytes = key.bytes();
      return finds(bytes, 0, bytes.length);
    }

    /**
     * Whether the pattern is found in the key that is part of an array; as
     * {@link #finds(CacheKey)}.
     *
     * @param to the end of the key, exclusive
     */
    public boolean finds(byte[] bytes, int from, int to) {
      budget.grant(granted(to - from));
      try {
        if (dfa == null) {
          return isAscii(bytes, from, to)
              ? matcher.findInAscii(bytes, from, to)
              : matcher.find(CacheKey.characters(bytes, from, to));
        }
        return switch (dfa.findInAscii(bytes, from, to)) {
          case FOUND -> true;
          case NOT_FOUND -> false;
          case UNKNOWN -> find(CacheKey.characters(bytes, from, to));
        };
      } catch (StepBudget.OutOfSteps | StackOverflowError e) {
        CacheKey key = CacheKey.ofBytes(bytes, from, to);
        throw new PatternTooCostly(text, key.toString());
      }
    }

    private boolean find(String text) {
      return matcher == null ? dfa.find(text) : matcher.find(text);
    }
  }

  /**
   * A pattern that an automaton cannot match.
   *
   * @param weight the steps that one character counts as, at least 1
   */
  private record Backtracking(Pattern pattern, long weight) {
    static Backtracking of(RegexTree tree) {
      RegexTree needed = tree.withoutLeadingDots();
      long weight = KeyPattern.weight(needed);
      return new Backtracking(Pattern.compile(needed.text()), weight);
    }
  }
}
