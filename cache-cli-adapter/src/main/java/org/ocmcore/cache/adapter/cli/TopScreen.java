package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays out {@code cache top} on a screen: a head, a row for each server, and the keys. */
final class TopScreen {
  private static final String GAP = "  ";
  private static final String KEYS = "q quit  ? help  p pause  sort: " + TopState.Sort.keys();
  private static final List<String> HELP = List.of(
      "q       end, as Ctrl-C does",
      "p       pause, and go on",
      "?       this text, and back",
      "s       servers in the order of the configuration",
      "g w e   most gets, sets (writes) or evictions a second first",
      "h       worst share of hits first",
      "m i     most memory or items first",
      "",
      "Rates and hits are those of the last interval. After a restart of a server they are - once.",
      "A narrow screen shows fewer columns.");

  private final String place;
  private final ScreenSize size;
  private final List<ScreenLine> lines = new ArrayList<>();

  private TopScreen(String place, ScreenSize size) {
    this.place = place;
    this.size = size;
  }

  /**
   * The lines, at most as many and as long as the screen has place for.
   *
   * @param place what is watched, for people
   */
  static List<ScreenLine> lines(TopView view, TopState state, String place, ScreenSize size) {
    TopScreen screen = new TopScreen(place, size);
    screen.layOut(view, state);
    return screen.lines;
  }

  private void layOut(TopView view, TopState state) {
    add(Style.HEAD, "cache top  " + place);
    add(
        Style.QUIET,
        "%s  %s%s%s"
            .formatted(
                view.fleet().at(),
                view.intervalSeconds() > 0
                    ? "interval " + Formats.rate(view.intervalSeconds()) + " s"
                    : "rates come after the first interval",
                state.sort() == TopState.Sort.SERVER
                    ? ""
                    : "  sorted by " + state.sort().word(),
                state.isPaused() ? "  paused" : ""));
    add(Style.PLAIN, TopColumns.words(view.fleet()));
    add(Style.PLAIN, "");
    if (state.isHelp()) {
      HELP.forEach(line -> add(Style.PLAIN, line));
    } else {
      addRows(view, state);
    }
    while (lines.size() > Math.max(1, size.height() - 1)) {
      lines.remove(lines.size() - 1);
    }
    while (lines.size() < size.height() - 1) {
      add(Style.PLAIN, "");
    }
    if (size.height() > 1) {
      add(Style.QUIET, KEYS);
    }
  }

  private void addRows(TopView view, TopState state) {
    List<TopRow> rows = state.sort().sorted(view.servers());
    List<Column<TopRow>> columns = new ArrayList<>(TopColumns.table(view));
    Map<Column<TopRow>, Integer> known = new HashMap<>();
    columns.forEach(column -> known.put(column, width(column, rows)));
    for (Column<TopRow> dropped : TopColumns.DROPPED) {
      if (total(columns, known) > size.width()) {
        columns.remove(dropped);
      }
    }
    int[] widths = columns.stream().mapToInt(known::get).toArray();
    add(Style.HEAD, line(columns, columns.stream().map(Column::title).toList(), widths));
    int place = Math.max(1, size.height() - lines.size() - 1);
    int shown = rows.size() > place ? place - 1 : rows.size();
    for (TopRow row : rows.subList(0, shown)) {
      if (row.isDown()) {
        String address = line(List.of(TopColumns.SERVER), List.of(row.address()), widths);
        add(Style.ALARM, address + GAP + TopColumns.words(row));
      } else {
        add(Style.PLAIN, line(columns, cells(columns, row), widths));
      }
    }
    if (shown < rows.size()) {
      add(Style.QUIET, "and %d more".formatted(rows.size() - shown));
    }
  }

  private static List<String> cells(List<Column<TopRow>> columns, TopRow row) {
    return columns.stream().map(column -> column.cell(row, false)).toList();
  }

  private static int width(Column<TopRow> column, List<TopRow> rows) {
    return Math.max(
        length(column.title()),
        rows.stream()
            .filter(row -> !row.isDown() || column == TopColumns.SERVER)
            .mapToInt(row -> length(column.cell(row, false)))
            .max()
            .orElse(0));
  }

  private static int total(List<Column<TopRow>> columns, Map<Column<TopRow>, Integer> widths) {
    return columns.stream().mapToInt(widths::get).sum() + GAP.length() * (columns.size() - 1);
  }

  private static String line(List<Column<TopRow>> columns, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(widths[i] - length(cells.get(i)));
      boolean isRight = columns.get(i).isNumber();
      line.append(i == 0 ? "" : GAP)
          .append(isRight ? blanks : "")
          .append(cells.get(i))
          .append(isRight ? "" : blanks);
    }
    return line.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void add(Style style, String text) {
    String printable = TerminalText.line(text);
    int end = length(printable) <= size.width()
        ? printable.length()
        : printable.offsetByCodePoints(0, size.width());
    lines.add(new ScreenLine(style, printable.substring(0, end)));
  }
}
