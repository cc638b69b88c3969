package org.ocmcore.cache.benchmarks.peer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.load.KeyNames;

/**
 * A client in C that works on many items as fast as memcached and this machine allow. Each
 * operation is on the same keys, returns its seconds, and fails if an item is missing or not
 * changed. For one thread.
 */
public final class WireClient {
  private static final String SOURCE = "wire.c";

  private final Path folder;
  private final Path keys;

  private WireClient(Path folder, Path keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * Compiles it. Empty if there is no C compiler.
   *
   * @param folder an empty one
   * @param count its keys are those with the indexes below this
   */
  public static Optional<WireClient> build(Path folder, KeyNames names, long count)
      throws IOException, InterruptedException {
    Optional<String> compiler = ChildProcess.find("cc", "");
    if (compiler.isEmpty()) {
      return Optional.empty();
    }
    Path source = folder.resolve(SOURCE);
    try (InputStream text = WireClient.class.getResourceAsStream(SOURCE)) {
      Files.copy(text, source);
    }
    List<String> compile =
        List.of(compiler.get(), "-O2", "-pthread", "-o", program(folder), source.toString());
    try (ChildProcess process = new ChildProcess(folder, compile, Map.of())) {
      process.awaitSuccess();
    }
    Path keys = folder.resolve("keys");
    try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(keys))) {
      for (long i = 0; i < count; i++) {
        lines.write(names.bytes(i));
        lines.write('\n');
      }
    }
    return Optional.of(new WireClient(folder, keys));
  }

  private static String program(Path folder) {
    return folder.resolve("wire").toString();
  }

  /** Stores each key, with 100 bytes that never expire. */
  public double storeSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "store");
  }

  /** Gives each key a lifetime of an hour. */
  public double touchSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "touch");
  }

  public double deleteSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "delete");
  }

  /** Reads the metadump of all keys and throws it away. */
  public double metadumpSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "metadump");
  }

  /** Writes all keys and values to a file, which is synced. */
  public double dumpSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "dump", folder.resolve("items").toString());
  }

  private double seconds(int port, String operation, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(program(folder), "" + port, operation, keys.toString()));
    command.addAll(List.of(more));
    try (ChildProcess process = new ChildProcess(folder, command, Map.of())) {
      process.awaitSuccess();
      return Double.parseDouble(process.output().strip());
    }
  }
}
