package org.ocmcore.cache.benchmarks.peer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ocmcore.cache.benchmarks.load.KeyNames;

/**
 * A client in C that works on many items as fast as memcached and this machine allow. Each
 * operation is on the same keys, returns its seconds, and fails if an item is missing or not
 * changed. For one thread.
 */
public final class WireClient {
  private static final String SOURCE = "wire.c";
  private static final String KEYS = "keys";
  private static final String SHUFFLED = "shuffled";

  private final Path folder;

  private WireClient(Path folder) {
    this.folder = folder;
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
    write(folder.resolve(KEYS), sorted(names, count));
    write(folder.resolve(SHUFFLED), shuffled(names, count));
    return Optional.of(new WireClient(folder));
  }

  /** Each key once, in byte order. Groups are in order already. */
  private static Stream<byte[]> sorted(KeyNames names, long count) {
    return LongStream.iterate(0, first -> first < count, first -> first + KeyNames.GROUP)
        .boxed()
        .flatMap(first -> LongStream.range(first, Math.min(count, first + KeyNames.GROUP))
            .mapToObj(names::bytes)
            .sorted(Arrays::compareUnsigned));
  }

  /** Each key once, from the first on and on by the step, around the end. */
  private static Stream<byte[]> shuffled(KeyNames names, long count) {
    long step = shufflingStep(count);
    return LongStream.range(0, count).mapToObj(i -> names.bytes(i * step % count));
  }

  /** Writes a line for each key. */
  private static void write(Path file, Stream<byte[]> keys) throws IOException {
    try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
      Iterator<byte[]> each = keys.iterator();
      while (each.hasNext()) {
        lines.write(each.next());
        lines.write('\n');
      }
    }
  }

  /** A step far from the neighbours that leads to each of so many keys. */
  static long shufflingStep(long count) {
    long step = Math.max(1, Math.round(count * 0.618));
    while (!BigInteger.valueOf(step).gcd(BigInteger.valueOf(count)).equals(BigInteger.ONE)) {
      step++;
    }
    return step;
  }

  private static String program(Path folder) {
    return folder.resolve("wire").toString();
  }

  /**
   * Stores each key, with 100 bytes that never expire, in an order in which no two neighbours in
   * the memory of the server follow each other; as those of a dump do.
   */
  public double storeShuffledSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "store", SHUFFLED);
  }

  /** Gives each key a lifetime of an hour, in byte order, as an index does. */
  public double touchSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "touch", KEYS);
  }

  /** Deletes each key, in byte order, as an index does. */
  public double deleteSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "delete", KEYS);
  }

  /** Reads the metadump of all keys and throws it away. */
  public double metadumpSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "metadump", KEYS);
  }

  /** Writes all keys and values to a file, which is synced. */
  public double dumpSeconds(int port) throws IOException, InterruptedException {
    return seconds(port, "dump", KEYS, folder.resolve("items").toString());
  }

  private double seconds(int port, String operation, String keys, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(
        List.of(program(folder), "" + port, operation, folder.resolve(keys).toString()));
    command.addAll(List.of(more));
    try (ChildProcess process = new ChildProcess(folder, command, Map.of())) {
      process.awaitSuccess();
      return Double.parseDouble(process.output().strip());
    }
  }
}
