package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs an {@link Automaton} over keys as a deterministic automaton, with one table look-up for each
 * character. The table has a row for each {@link DfaState} and is filled on demand; filling it
 * takes steps, reading it takes none. When it is full it is cleared, so that it stays small and the
 * work linear. For one thread.
 */
final class LazyDfa {
  /** In place of the next row: the cell is not filled yet. */
  private static final int UNKNOWN = -1;

  /** In place of the next row: the expression is found, whatever follows. */
  private static final int FOUND = -2;

  /** In place of the next row: the expression is not found, whatever follows. */
  private static final int NEVER = -3;

  private static final int MAX_CELLS = 1 << 18;

  private final Automaton automaton;
  private final StepBudget steps;
  private final SymbolTable symbols;
  private final int end;
  private final int width;
  private final List<DfaState> states = new ArrayList<>();

  /** Where the row of each state begins in the table. */
  private final Map<DfaState, Integer> rows = new HashMap<>();

  private int[] table;

  /** The state that {@link #step} has computed last. */
  private DfaState nextState;

  private final int[] open;
  private final int[] visitedInRound;
  private final int[] reachedInRound;
  private final int[] reached;
  private int round;

  LazyDfa(Automaton automaton, StepBudget steps) {
    this.automaton = automaton;
    this.steps = steps;
    this.symbols = new SymbolTable(automaton, steps);
    this.end = symbols.end();
    this.width = symbols.capacity();
    this.table = new int[16 * width];
    this.open = new int[2 * automaton.size + 2];
    this.visitedInRound = new int[automaton.size];
    this.reachedInRound = new int[automaton.size];
    this.reached = new int[automaton.size];
    clear();
  }

  /**
   * Whether the expression is found in a key; {@link Answer#UNKNOWN} if that depends on a character
   * beyond ASCII, or the key ends in a line terminator.
   *
   * @param to the end of the key, exclusive; the key has at least one byte
   */
  Answer findInAscii(byte[] bytes, int from, int to) {
    byte last = bytes[to - 1];
    if (last == '\n' || last == '\r') {
      return Answer.UNKNOWN;
    }
    byte[] asciiSymbols = automaton.asciiSymbols;
    int[] cells = table;
    int row = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b < 0) {
        return Answer.UNKNOWN;
      }
      int next = cells[row + asciiSymbols[b]];
      if (next < 0) {
        if (next == UNKNOWN) {
          next = fill(row, asciiSymbols[b]);
          cells = table;
        }
        if (next < 0) {
          return next == FOUND ? Answer.FOUND : Answer.NOT_FOUND;
        }
      }
      row = next;
    }
    return next(row, end) == FOUND ? Answer.FOUND : Answer.NOT_FOUND;
  }

  /** Whether the expression is found in a text. */
  boolean find(String text) {
    int last = lastTerminator(text);
    int row = 0;
    int i = 0;
    while (i < text.length() && row >= 0) {
      int character = text.codePointAt(i);
      boolean ascii = character < automaton.asciiSymbols.length && i != last;
      int symbol =
          ascii ? automaton.asciiSymbols[character] : symbols.indexOf(character, i == last);
      if (symbol == SymbolTable.FULL) {
        DfaState current = states.get(row / width);
        symbols.clear();
        clear();
        row = rowOf(current);
        symbol = symbols.indexOf(character, i == last);
      }
      row = next(row, symbol);
      i += Character.charCount(character);
    }
    return row == FOUND || row >= 0 && next(row, end) == FOUND;
  }

  /** Where the line terminator begins that ends the text; its length if there is none. */
  private static int lastTerminator(String text) {
    int length = text.length();
    if (text.endsWith("\r\n")) {
      return length - 2;
    }
    return "\n\r\u0085\u2028\u2029".indexOf(text.charAt(length - 1)) < 0 ? length : length - 1;
  }

  private void clear() {
    states.clear();
    rows.clear();
    Arrays.fill(table, UNKNOWN);
    rowOf(DfaState.FIRST);
  }

  private int next(int row, int symbol) {
    int next = table[row + symbol];
    return next == UNKNOWN ? fill(row, symbol) : next;
  }

  private int fill(int row, int symbol) {
    int next = step(states.get(row / width), symbols.symbol(symbol));
    int before = states.size();
    if (next != FOUND && next != NEVER) {
      next = rowOf(nextState);
      if (states.size() < before) {
        // The table was cleared: the row belongs to another state, or to none.
        return next;
      }
    }
    table[row + symbol] = next;
    return next;
  }

  /**
   * Follows the NFA states over one symbol: {@link #FOUND}, {@link #NEVER}, or else
   * {@link #UNKNOWN} and {@link #nextState}.
   */
  private int step(DfaState state, Automaton.Symbol symbol) {
    round++;
    int count = 0;
    int visits = 0;
    int depth = 0;
    boolean found = false;
    open[depth++] = automaton.start;
    for (int nfaState : state.nfaStates()) {
      open[depth++] = nfaState;
    }
    while (depth > 0 && !found) {
      int nfaState = open[--depth];
      if (visitedInRound[nfaState] == round) {
        continue;
      }
      visitedInRound[nfaState] = round;
      visits++;
      int kind = automaton.kind[nfaState];
      int next = automaton.next[nfaState];
      if (kind >= 0) {
        if (symbol.letters().get(kind) && reachedInRound[next] != round) {
          reachedInRound[next] = round;
          reached[count++] = next;
        }
      } else if (kind == Automaton.ACCEPT) {
        found = true;
      } else if (kind == Automaton.FORK) {
        open[depth++] = next;
        open[depth++] = automaton.other[nfaState];
      } else if (state.holds(automaton.assertion(nfaState), symbol)) {
        open[depth++] = next;
      }
    }
    steps.spend(1 + visits + state.nfaStates().length);
    if (found) {
      return FOUND;
    }
    if (symbol.end() || count == 0 && automaton.isAnchored) {
      return NEVER;
    }
    int[] nfaStates = Arrays.copyOf(reached, count);
    Arrays.sort(nfaStates);
    nextState = new DfaState(nfaStates, automaton.hasWordBoundaries && symbol.word(), false);
    return UNKNOWN;
  }

  /** The row of a state, which is added if it is new; if the table is full, it is cleared first. */
  private int rowOf(DfaState state) {
    Integer known = rows.get(state);
    if (known != null) {
      return known;
    }
    int row = states.size() * width;
    if (row + width > MAX_CELLS) {
      clear();
      return rowOf(state);
    }
    if (row + width > table.length) {
      int length = table.length;
      table = Arrays.copyOf(table, Math.min(MAX_CELLS, 2 * length));
      Arrays.fill(table, length, table.length, UNKNOWN);
    }
    states.add(state);
    rows.put(state, row);
    return row;
  }

  enum Answer {
    FOUND,
    NOT_FOUND,
    UNKNOWN
  }
}
