package org.ocmcore.cache.app;

import java.io.PrintStream;

/**
 * Prints lines that hold nothing but printable characters, whatever keys, patterns and servers put
 * into them: {@code \\uXXXX} stands for any other. The log and stack traces are printed a line at a
 * time, so nothing in a message begins a line of its own. For any number of threads.
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
