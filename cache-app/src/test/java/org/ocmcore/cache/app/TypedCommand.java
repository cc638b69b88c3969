package org.ocmcore.cache.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Interruption;

/** Executes command lines in this process, as if they were typed where there is no terminal. */
final class TypedCommand {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("CACHE_ENVIRONMENT", "development"));
  private final Interruption interruption = new Interruption();
  private String input = "";
  private String out = "";
  private String err = "";

  /** Sets a variable of the environment. */
  TypedCommand with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The standard input of all further commands. */
  TypedCommand input(String text) {
    input = text;
    return this;
  }

  /** As Ctrl-C does, once. */
  void interrupt() {
    interruption.request();
  }

  /** @return the exit status */
  int execute(String... arguments) {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status = new Main(new CommandContext(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(results, true, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8),
            false,
            environment,
            interruption,
            Clock.systemUTC()))
        .execute(List.of(arguments));
    out = results.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    return status;
  }

  /** The standard output of the last command. */
  String out() {
    return out;
  }

  /** The standard error of the last command. */
  String err() {
    return err;
  }
}
