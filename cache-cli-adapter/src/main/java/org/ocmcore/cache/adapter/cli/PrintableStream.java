package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Prints only printable characters, whatever keys, files, patterns and servers contain;
 * {@code \xHH} or {@code \x{H…}} replaces all others. Every call prints at most one line, so no
 * message can begin a line of its own. Safe for use by any number of threads.
 */
public final class PrintableStream extends PrintStream {
  private final PrintStream target;
  private final BooleanSupplier isColoured;

  public PrintableStream(PrintStream target) {
    this(target, true, () -> false);
  }

  /**
   * @param flushes whether each line is sent at once
   * @param isColoured whether lines have their styles
   */
  PrintableStream(PrintStream target, boolean flushes, BooleanSupplier isColoured) {
    super(target, flushes);
    this.target = target;
    this.isColoured = isColoured;
  }

  /** The same stream, which escapes nothing. */
  PrintStream unescaped() {
    return target;
  }

  /** Prints a line in a style, if this stream has colours. */
  void println(Style style, String line) {
    String printable = printable(line, 0);
    boolean isPlain = style == Style.PLAIN || !isColoured.getAsBoolean();
    target.println(isPlain ? printable : style.around(printable));
  }

  @Override
  public void println(String line) {
    target.println(printable(String.valueOf(line), 0));
  }

  /** Of a stack trace, which indents its lines with tabs. */
  @Override
  public void println(Object line) {
    String text = String.valueOf(line);
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == '\t') {
      indent++;
    }
    target.println(printable(text, indent));
  }

  /** A carriage return at the start goes through: it redraws a line. */
  @Override
  public void print(String text) {
    String part = String.valueOf(text);
    target.print(printable(part, part.startsWith("\r") ? 1 : 0));
  }

  /** A line end at the end goes through. */
  @Override
  public PrintStream format(String format, Object... arguments) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, arguments);
  }

  @Override
  public PrintStream format(Locale locale, String format, Object... arguments) {
    String text = String.format(locale, format, arguments);
    String end = System.lineSeparator();
    if (text.endsWith(end)) {
      println(text.substring(0, text.length() - end.length()));
    } else {
      print(text);
    }
    return this;
  }

  private static String printable(String text, int first) {
    return text.substring(0, first) + TerminalText.line(text.substring(first));
  }
}
