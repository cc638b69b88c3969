package org.ocmcore.cache.adapter.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The end of a command line whose servers, services and files all refuse.
 *
 * @param asked how often servers were asked for
 */
record RefusedCommand(int status, String out, String err, int asked) {
  static RefusedCommand execute(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    RefusingHost host = new RefusingHost();
    CommandContext context = new CommandContext(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        Map.of(),
        new Interruption(),
        Clock.systemUTC());
    int status = new CommandLineRunner(host, context).execute(arguments);
    return new RefusedCommand(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        host.asked());
  }
}
