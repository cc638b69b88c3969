package org.ocmcore.cache.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.adapter.memcached.ProcessEnd;

/** A command of the shipped jar in a pseudo-terminal, with what it has printed there. */
final class PseudoTerminal implements AutoCloseable {
  private static final String SCRIPT = "pseudo_terminal.py";
  private static final int PATIENCE_SECONDS = 60;

  private final Process script;
  private final PrintWriter orders;
  private final StringBuffer printed = new StringBuffer();
  private final BlockingQueue<String> modes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> status = new LinkedBlockingQueue<>();

  private PseudoTerminal(Process script) {
    this.script = script;
    orders = new PrintWriter(script.getOutputStream(), true, StandardCharsets.US_ASCII);
    Thread reader = new Thread(this::read, "pseudo-terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a command in a terminal of 24 lines and 100 columns.
   *
   * @param folder for the script
   * @param environment beside {@code TERM}, which is {@code xterm-256color} unless it is here
   * @param shell what begins the command, such as {@code exec}; its arguments are the command
   */
  static PseudoTerminal start(
      Path folder, Map<String, String> environment, String shell, List<String> arguments) {
    try {
      Path file = folder.resolve(SCRIPT);
      Files.copy(
          Objects.requireNonNull(PseudoTerminal.class.getResourceAsStream("/" + SCRIPT)),
          file,
          StandardCopyOption.REPLACE_EXISTING);
      List<String> command = new ArrayList<>(
          List.of("python3", file.toString(), "24", "100", "sh", "-c", shell, "sh"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-jar", System.getProperty("cache.jar")));
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("NO_COLOR");
      builder.environment().put("TERM", "xterm-256color");
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return new PseudoTerminal(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(script.getInputStream(), StandardCharsets.US_ASCII))) {
      StringBuilder hex = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "out" -> {
            hex.append(words[1]);
            // All at once, since a part may end within a character.
            String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
            printed.replace(0, printed.length(), text);
          }
          case "modes" -> modes.add(words[1]);
          default -> status.add(Integer.parseInt(words[1]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types this. */
  void send(String text) {
    orders.println("send " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }

  void resize(int rows, int columns) {
    orders.println("resize %d %d".formatted(rows, columns));
  }

  /** The modes of the terminal now. */
  String modes() throws InterruptedException {
    orders.println("modes");
    return Objects.requireNonNull(modes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), printed());
  }

  /** Everything that was printed. */
  String printed() {
    return printed.toString();
  }

  /** Waits until this was printed, after so many characters. */
  void await(String text, int after) {
    try {
      Await.until(() -> printed.indexOf(text, after) >= 0);
    } catch (AssertionError e) {
      throw new AssertionError("no \"" + text + "\" in: " + printed(), e);
    }
  }

  void await(String text) {
    await(text, 0);
  }

  /** Waits for the end of the command, and returns its status. */
  int awaitEnd() throws InterruptedException {
    Integer end = status.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("it still runs: " + printed());
    }
    return end;
  }

  @Override
  public void close() {
    // The script ends the command when there are no more orders.
    orders.close();
    ProcessEnd.await(script);
  }
}
