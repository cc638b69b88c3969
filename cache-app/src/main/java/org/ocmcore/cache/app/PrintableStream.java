package org.ocmcore.cache.app;

import java.io.PrintStream;

/**
 * Prints only printable characters, whatever keys, patterns and servers contain; {@code \\uXXXX}
 * replaces all others. Log lines and stack traces are printed line by line, so no message can begin
 * a line of its own. Safe for use by any number of threads.
 */
final class PrintableStream extends PrintStream {
  PrintableStream(PrintStream target) {
    super(target, true);
  }

  @Override
  public void println(String line) {
    super.println(printable(String.valueOf(line), 0));
  }

  /** Of a stack trace, which indents its lines with tabs. */
  @Override
  public void println(Object line) {
    String text = String.valueOf(line);
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == '\t') {
      indent++;
    }
    super.println(printable(text, indent));
  }

  private static String printable(String text, int indent) {
    StringBuilder line = new StringBuilder(text.length()).append(text, 0, indent);
    text.substring(indent).codePoints().forEach(character -> {
      if (TerminalText.isPrintable(character)) {
        line.appendCodePoint(character);
      } else {
        for (char unit : Character.toChars(character)) {
          line.append("\\u%04x".formatted((int) unit));
        }
      }
    });
    return line.toString();
  }
}
