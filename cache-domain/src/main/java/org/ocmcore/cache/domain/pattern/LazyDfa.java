package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks an {@link Automaton} over keys, one table look-up a character. The table has a row for each
 * set of places that was met and is filled as it is needed; filling it takes steps, reading it
 * takes none. When it is full it is begun anew, so that it stays small and the work linear. For one
 * thread.
 */
final class LazyDfa {
  private static final int UNKNOWN = -1;
  private static final int FOUND = -2;
  private static final int NEVER = -3;

  /** Symbols that can be added for characters beyond ASCII before all are forgotten. */
  private static final int MORE_SYMBOLS = 64;

  private static final int MAX_CELLS = 1 << 18;
  private static final int REMEMBERED_CHARACTERS = 1 << 12;

  private final Automaton automaton;
  private final StepBudget steps;
  private final int end;
  private final int width;
  private final List<Automaton.Symbol> symbols = new ArrayList<>();
  private final Map<Automaton.Symbol, Integer> added = new HashMap<>();
  private final int[] character = new int[REMEMBERED_CHARACTERS];
  private final int[] characterSymbol = new int[REMEMBERED_CHARACTERS];
  private final List<Row> rows = new ArrayList<>();
  private final Map<Row, Integer> numbers = new HashMap<>();
  private int[] table;

  private final int[] open;
  private final int[] metIn;
  private final int[] reachedIn;
  private final int[] reached;
  private int round;

  LazyDfa(Automaton automaton, StepBudget steps) {
    this.automaton = automaton;
    this.steps = steps;
    this.end = automaton.symbols.size();
    this.width = end + 1 + MORE_SYMBOLS;
    this.table = new int[16 * width];
    this.open = new int[2 * automaton.size + 2];
    this.metIn = new int[automaton.size];
    this.reachedIn = new int[automaton.size];
    this.reached = new int[automaton.size];
    forget();
  }

  /**
   * Whether it is found in a key that is ASCII up to here; empty handed if it has come to another
   * character, or if the key ends in a line terminator.
   */
  Answer inAscii(byte[] bytes, int from, int to) {
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
          next = filled(row, asciiSymbols[b]);
          cells = table;
        }
        if (next < 0) {
          return next == FOUND ? Answer.FOUND : Answer.NOT_FOUND;
        }
      }
      row = next;
    }
    return after(row, end) == FOUND ? Answer.FOUND : Answer.NOT_FOUND;
  }

  /** Whether it is found in a text. */
  boolean in(String text) {
    int last = lastTerminator(text);
    int row = 0;
    int i = 0;
    while (i < text.length() && row >= 0) {
      int point = text.codePointAt(i);
      boolean ascii = point < automaton.asciiSymbols.length && i != last;
      int symbol = ascii ? automaton.asciiSymbols[point] : symbol(point, i == last);
      // Learning a symbol may have forgotten all rows but the first.
      if (symbol == UNKNOWN) {
        Row current = rows.get(row / width);
        forgetSymbols();
        row = number(current);
        symbol = symbol(point, i == last);
      }
      row = after(row, symbol);
      i += Character.charCount(point);
    }
    return row == FOUND || row >= 0 && after(row, end) == FOUND;
  }

  /** Where the line terminator begins that ends the text; its length if there is none. */
  private static int lastTerminator(String text) {
    int length = text.length();
    if (text.endsWith("\r\n")) {
      return length - 2;
    }
    return "\n\r\u0085\u2028\u2029".indexOf(text.charAt(length - 1)) < 0 ? length : length - 1;
  }

  private int symbol(int point, boolean last) {
    int sought = last ? -point : point;
    int slot = point & REMEMBERED_CHARACTERS - 1;
    if (character[slot] == sought) {
      return characterSymbol[slot];
    }
    steps.spend(1 + automaton.letters());
    Automaton.Symbol symbol = automaton.symbol(point, last);
    Integer known = added.get(symbol);
    if (known == null) {
      if (symbols.size() == width) {
        return UNKNOWN;
      }
      known = symbols.size();
      symbols.add(symbol);
      added.put(symbol, known);
    }
    character[slot] = sought;
    characterSymbol[slot] = known;
    return known;
  }

  private void forget() {
    rows.clear();
    numbers.clear();
    if (symbols.isEmpty()) {
      forgetSymbols();
      return;
    }
    Arrays.fill(table, UNKNOWN);
    number(new Row(new int[0], false, true));
  }

  private void forgetSymbols() {
    symbols.clear();
    added.clear();
    Arrays.fill(character, 0);
    symbols.addAll(automaton.symbols);
    symbols.add(Automaton.Symbol.END);
    forget();
  }

  private int after(int row, int symbol) {
    int next = table[row + symbol];
    return next == UNKNOWN ? filled(row, symbol) : next;
  }

  private int filled(int row, int symbol) {
    int next = following(rows.get(row / width), symbols.get(symbol));
    int before = rows.size();
    int cell = row + symbol;
    if (next != FOUND && next != NEVER) {
      next = number(nextRow);
      if (rows.size() < before) {
        // The table was begun anew: the row is another, or is no more.
        return next;
      }
    }
    table[cell] = next;
    return next;
  }

  private Row nextRow;

  /** Tells what a symbol leads to: {@link #FOUND}, {@link #NEVER}, or else {@link #nextRow}. */
  private int following(Row row, Automaton.Symbol symbol) {
    round++;
    int count = 0;
    int visits = 0;
    int depth = 0;
    boolean found = false;
    open[depth++] = automaton.start;
    for (int place : row.places) {
      open[depth++] = place;
    }
    while (depth > 0 && !found) {
      int place = open[--depth];
      if (metIn[place] == round) {
        continue;
      }
      metIn[place] = round;
      visits++;
      int kind = automaton.kind[place];
      int next = automaton.next[place];
      if (kind >= 0) {
        if (symbol.letters().get(kind) && reachedIn[next] != round) {
          reachedIn[next] = round;
          reached[count++] = next;
        }
      } else if (kind == Automaton.ACCEPT) {
        found = true;
      } else if (kind == Automaton.FORK) {
        open[depth++] = next;
        open[depth++] = automaton.other[place];
      } else if (holds(automaton.assertion(place), row, symbol)) {
        open[depth++] = next;
      }
    }
    steps.spend(1 + visits + row.places.length);
    if (found) {
      return FOUND;
    }
    if (symbol.end() || count == 0 && automaton.anchored) {
      return NEVER;
    }
    int[] places = Arrays.copyOf(reached, count);
    Arrays.sort(places);
    nextRow = new Row(places, automaton.asksForWords && symbol.word(), false);
    return UNKNOWN;
  }

  private static boolean holds(RegexNode.Assertion assertion, Row row, Automaton.Symbol symbol) {
    return switch (assertion) {
      case BEGIN -> row.first;
      case LAST -> symbol.last();
      case END -> symbol.end();
      case BOUNDARY -> row.afterWord != symbol.word();
      case NO_BOUNDARY -> row.afterWord == symbol.word();
    };
  }

  /** Where the row stands in the table. */
  private int number(Row row) {
    Integer known = numbers.get(row);
    if (known != null) {
      return known;
    }
    int number = rows.size() * width;
    if (number + width > MAX_CELLS) {
      forget();
      return number(row);
    }
    if (number + width > table.length) {
      int length = table.length;
      table = Arrays.copyOf(table, Math.min(MAX_CELLS, 2 * length));
      Arrays.fill(table, length, table.length, UNKNOWN);
    }
    rows.add(row);
    numbers.put(row, number);
    return number;
  }

  /** What is known so far. */
  enum Answer {
    FOUND,
    NOT_FOUND,
    UNKNOWN
  }

  /**
   * The places that the characters so far have led to.
   *
   * @param afterWord whether the last of them belongs to a word
   * @param first whether there were none
   */
  private record Row(int[] places, boolean afterWord, boolean first) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Row row
          && Arrays.equals(places, row.places)
          && afterWord == row.afterWord
          && first == row.first;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(places) + (afterWord ? 1 : 0) + (first ? 2 : 0);
    }
  }
}
