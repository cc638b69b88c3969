package org.ocmcore.cache.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.ProcessEnd;

/** The jar as it is shipped, serving as its own process from a folder of its own. */
final class JarProcess implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final BufferedReader out;

  private JarProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it on a free port, without automatic dumps.
   *
   * @param shell begins the command, such as {@code exec}
   * @param options of Java
   */
  static JarProcess start(
      Path folder, String shell, List<String> options, Map<String, String> settings) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell + " \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", System.getProperty("cache.jar"), "serve"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().put("CACHE_HTTP_PORT", "0");
    builder.environment().put("CACHE_ENVIRONMENT", "development");
    builder.environment().put("CACHE_AUTO_DUMP_INTERVAL", "0");
    builder.environment().put("CACHE_DUMP_FILE", "dumps/dump.json");
    // It takes processors from the test.
    builder.environment().put("CACHE_JIT_WARM_UP", "false");
    builder.environment().putAll(settings);
    builder.redirectError(folder.resolve("err").toFile());
    try {
      return new JarProcess(folder, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JarProcess start(Path folder, Map<String, String> settings) {
    return start(folder, "exec", List.of(), settings);
  }

  /** Waits until it is ready and returns a client of its API. */
  ApiClient client() {
    return new ApiClient(awaitPort());
  }

  /** Waits until it is ready and returns the port of its API. */
  int awaitPort() {
    try {
      String ready = out.readLine();
      if (ready == null) {
        throw new AssertionError("it is not ready: " + err());
      }
      return Integer.parseInt(ready.replaceAll(".*:(\\d+)/api.*", "$1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what it has printed to its standard error. */
  String err() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what it has printed, after its end. */
  String printed() {
    try {
      StringBuilder all = new StringBuilder(err());
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        all.append(line).append('\n');
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the names in the folder of the dumps, but for the lock. */
  Set<String> dumps() {
    Path dumps = folder.resolve("dumps");
    if (!Files.exists(dumps)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(dumps)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".dump.json.lock"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path dumpFile() {
    return folder.resolve("dumps/dump.json");
  }

  long pid() {
    return process.pid();
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would close the streams as well.
    process.toHandle().destroy();
  }

  /** Waits for its end and returns its status. */
  int awaitEnd(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("it still runs after " + seconds + " s: " + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    ProcessEnd.await(process.destroyForcibly());
  }
}
