package org.ocmcore.cache.domain.pattern;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Runs {@link java.util.regex} over keys and counts each character that it looks at. For one
 * thread.
 */
final class BudgetedMatcher {
  private final CountedCharacters characters = new CountedCharacters();
  private final Matcher matcher;
  private final long weight;
  private final StepBudget budget;

  /** @param weight how many steps one character counts as */
  BudgetedMatcher(Pattern pattern, long weight, StepBudget budget) {
    this.matcher = pattern.matcher(characters);
    this.weight = weight;
    this.budget = budget;
  }

  /**
   * Whether the pattern is found in a key that is ASCII.
   *
   * @throws StepBudget.OutOfSteps if this key takes too many steps
   */
  boolean findInAscii(byte[] bytes, int from, int to) {
    characters.text = null;
    characters.bytes = bytes;
    characters.from = from;
    characters.length = to - from;
    return find();
  }

  /**
   * Whether the pattern is found in a text.
   *
   * @throws StepBudget.OutOfSteps if this key takes too many steps
   */
  boolean find(String text) {
    characters.text = text;
    characters.length = text.length();
    return find();
  }

  /** What a group found in the last key; null if it took no part. */
  String group(int number) {
    int start = matcher.start(number);
    return start < 0 ? null : characters.text(start, matcher.end(number));
  }

  private boolean find() {
    characters.allowed = budget.reserve(KeyPattern.STEPS_PER_KEY);
    characters.spent = 0;
    // Each position where a match may start costs as much, whether a character is read or not.
    characters.spend((weight - 1) * (characters.length + 1));
    boolean found = matcher.reset().find();
    budget.spend(characters.spent);
    return found;
  }

  private final class CountedCharacters implements CharSequence {
    /** The key; null if the key is ASCII and in the bytes. */
    private String text;

    private byte[] bytes;
    private int from;
    private int length;
    private long allowed;
    private long spent;

    void spend(long more) {
      spent += more;
      if (spent > allowed) {
        throw new StepBudget.OutOfSteps();
      }
    }

    private String text(int start, int end) {
      return text != null
          ? text.substring(start, end)
          : new String(bytes, from + start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public char charAt(int index) {
      spend(weight);
      return text != null ? text.charAt(index) : (char) bytes[from + index];
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return toString().substring(start, end);
    }

    @Override
    public String toString() {
      return text != null ? text : CacheKey.characters(bytes, from, from + length);
    }
  }
}
