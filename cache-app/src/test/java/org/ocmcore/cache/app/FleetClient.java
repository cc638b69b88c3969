package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's clients, which store or count 100 keys such as {@code fleet:0}. */
final class FleetClient {
  private static final Path SCRIPTS = Path.of("src/test/resources/clients/fleet");

  private FleetClient() {}

  /** Runs a client on the keys {@code fleet:0} to {@code fleet:99}. */
  static int run(String interpreter, String script, String command, List<String> addresses)
      throws Exception {
    return run(interpreter, script, command, "fleet", addresses);
  }

  /**
   * Runs a client; returns the number of keys that it stored or found.
   *
   * @param command {@code store} or {@code count}
   * @param prefix of the keys, before the colon
   * @param addresses {@code host:port}, or {@code host:port:weight} if the client knows weights
   */
  static int run(
      String interpreter, String script, String command, String prefix, List<String> addresses)
      throws Exception {
    List<String> words =
        new ArrayList<>(List.of(interpreter, SCRIPTS.resolve(script).toString(), command, prefix));
    words.addAll(addresses);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    assertEquals(0, ended ? process.exitValue() : -1, output);
    return Integer.parseInt(output.lines().reduce((first, last) -> last).orElseThrow());
  }
}
