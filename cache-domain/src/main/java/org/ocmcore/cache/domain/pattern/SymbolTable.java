package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols of an {@link Automaton} by index: those of ASCII, the end, and as many as fit of
 * those that other characters need. For one thread.
 */
final class SymbolTable {
  /** The answer of {@link #indexOf} if the table is full. */
  static final int FULL = -1;

  private static final int MAX_ADDED = 64;
  private static final int CACHED_CHARACTERS = 1 << 12;

  private final Automaton automaton;
  private final StepBudget steps;
  private final List<Automaton.Symbol> symbols = new ArrayList<>();
  private final Map<Automaton.Symbol, Integer> added = new HashMap<>();

  /** A cache of indexes by the low bits of a character; negated if it is the last one. */
  private final int[] cachedCharacters = new int[CACHED_CHARACTERS];

  private final int[] cachedIndexes = new int[CACHED_CHARACTERS];

  /** @param steps pays for each character that is not in the cache */
  SymbolTable(Automaton automaton, StepBudget steps) {
    this.automaton = automaton;
    this.steps = steps;
    clear();
  }

  /** The most symbols that fit. */
  int capacity() {
    return end() + 1 + MAX_ADDED;
  }

  /** The index of the symbol of the end. */
  int end() {
    return automaton.symbols.size();
  }

  Automaton.Symbol symbol(int index) {
    return symbols.get(index);
  }

  /**
   * The index of a character's symbol, which is added if it is new; {@link #FULL} if it does not
   * fit.
   *
   * @param last whether the character is, or begins, a line terminator that ends the key
   */
  int indexOf(int character, boolean last) {
    int cacheKey = last ? -character : character;
    int slot = character & CACHED_CHARACTERS - 1;
    if (cachedCharacters[slot] == cacheKey) {
      return cachedIndexes[slot];
    }
    steps.spend(1 + automaton.letterCount());
    Automaton.Symbol symbol = automaton.symbol(character, last);
    Integer index = added.get(symbol);
    if (index == null) {
      if (symbols.size() == capacity()) {
        return FULL;
      }
      index = symbols.size();
      symbols.add(symbol);
      added.put(symbol, index);
    }
    cachedCharacters[slot] = cacheKey;
    cachedIndexes[slot] = index;
    return index;
  }

  /** Removes all symbols but those of ASCII and the end. */
  void clear() {
    symbols.clear();
    added.clear();
    Arrays.fill(cachedCharacters, 0);
    symbols.addAll(automaton.symbols);
    symbols.add(Automaton.Symbol.END);
  }
}
