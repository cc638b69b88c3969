package org.ocmcore.cache.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ocmcore.cache.adapter.cli.PrintableStream;

/**
 * Makes a JSON object of each line that is printed beside the log, such as why the service cannot
 * start. Safe for use by any number of threads.
 */
final class JsonErrors extends OutputStream {
  /** A longer line is divided. */
  private static final int MAX_BYTES = 8_192;

  private final PrintStream target;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private JsonErrors(PrintStream target) {
    this.target = target;
  }

  /** A stream whose lines reach the target as JSON. */
  static PrintStream to(PrintStream target) {
    return new PrintableStream(
        new PrintStream(new JsonErrors(target), true, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      print();
    } else if (octet != '\r') {
      line.write(octet);
    }
    if (line.size() >= MAX_BYTES) {
      print();
    }
  }

  private void print() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      target.println(new JsonLine(Instant.now(), "error", "stderr", text));
    }
  }
}
