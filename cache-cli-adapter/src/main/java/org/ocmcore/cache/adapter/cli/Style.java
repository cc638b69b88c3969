package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;

/** How a line for people looks, where {@link Colors} allows it. */
enum Style {
  PLAIN(""),
  /** Of heads. */
  HEAD("1"),
  /** Of what matters less. */
  QUIET("2"),
  /** Of servers that are down. */
  ALARM("31"),
  /** Of errors. */
  ERROR("1;31");

  private static final String BEGIN = "\u001b[";
  private static final String END = "\u001b[0m";

  private final String codes;

  Style(String codes) {
    this.codes = codes;
  }

  /** With the escape sequences around it. @param printable without any of its own */
  String around(String printable) {
    return codes.isEmpty() ? printable : BEGIN + codes + "m" + printable + END;
  }

  /** Prints a line in this style if the stream has colours, otherwise as it is. */
  void println(PrintStream out, String line) {
    if (out instanceof PrintableStream printable) {
      printable.println(this, line);
    } else {
      out.println(line);
    }
  }
}
