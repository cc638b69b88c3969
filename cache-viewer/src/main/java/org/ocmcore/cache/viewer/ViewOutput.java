package org.ocmcore.cache.viewer;

import java.util.ArrayList;
import java.util.List;

/** The text of a value: counted as a whole, kept in one window. */
final class ViewOutput {
  private static final int TIME_CHECK = 512;

  private final ViewBudget budget;
  private final ViewWindow window;
  private final String name;
  private final StringBuilder kept = new StringBuilder();
  private final List<String> notes = new ArrayList<>();
  private final long keptFrom;
  private final long keptTo;
  private long length;
  private int written;
  private int untilTimeCheck = TIME_CHECK;
  private int depth;
  private int indent;

  ViewOutput(String name, ViewBudget budget, ViewWindow window) {
    this.name = name;
    this.budget = budget;
    this.window = window;
    // One more, so that a code point at the beginning is whole.
    this.keptFrom = Math.max(0, window.offset() - 1);
    this.keptTo = window.offset() + window.limit();
  }

  ViewBudget budget() {
    return budget;
  }

  ViewWindow window() {
    return window;
  }

  long length() {
    return length;
  }

  List<String> notes() {
    return notes;
  }

  void note(String note) {
    notes.add(note);
  }

  ViewOutput text(CharSequence text) {
    return text(text, 0, text.length());
  }

  ViewOutput text(CharSequence text, int from, int to) {
    int size = to - from;
    checkTime(size);
    int room = budget.limits().output() - written;
    int taken = Math.min(size, room);
    long first = Math.max(length, keptFrom);
    long end = Math.min(length + taken, keptTo);
    if (first < end) {
      kept.append(text, from + (int) (first - length), from + (int) (end - length));
    }
    length += taken;
    written += taken;
    if (taken < size) {
      throw new ViewStoppedException(
          name, "the text ends after " + written + " characters, the most a view may have");
    }
    return this;
  }

  ViewOutput text(long number) {
    return text(Long.toString(number));
  }

  private void checkTime(int size) {
    untilTimeCheck -= 1 + size / 64;
    if (untilTimeCheck <= 0) {
      untilTimeCheck = TIME_CHECK;
      budget.checkTime(name);
    }
  }

  /** Counts characters outside of the window, without writing them. */
  void skip(long characters) {
    length += characters;
  }

  /** Begins a new line with the present indent. */
  ViewOutput line() {
    return text("\n").text("  ".repeat(indent));
  }

  /** Enters a level of nesting, whose lines are indented. */
  void enter() {
    nest();
    indent++;
  }

  void leave() {
    unnest();
    indent--;
  }

  /** Enters a level of nesting without lines of its own. */
  void nest() {
    if (depth == budget.limits().depth()) {
      throw new DecodingException(
          name, "the value is nested in more than " + depth + " levels, the most a view shows");
    }
    depth++;
  }

  void unnest() {
    depth--;
  }

  /** Where the window begins. */
  long offset() {
    return Math.min(length, keptFrom + begin());
  }

  private int begin() {
    int begin = (int) Math.min(kept.length(), window.offset() - keptFrom);
    boolean isCut = begin > 0
        && begin < kept.length()
        && Character.isSurrogatePair(kept.charAt(begin - 1), kept.charAt(begin));
    return isCut ? begin - 1 : begin;
  }

  /** The text in the window. */
  String content() {
    int begin = begin();
    int end = Math.min(kept.length(), begin + window.limit());
    if (end > begin + 1
        && Character.isHighSurrogate(kept.charAt(end - 1))
        && keptFrom + end < length) {
      end--;
    }
    return kept.substring(begin, end);
  }
}
