package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.benchmarks.load.Shape;

/** A memcached of our own, large enough for what it is filled with. */
public final class MemcachedProcess implements AutoCloseable {
  /** Slab classes are up to a quarter larger than what is in them. */
  private static final double WASTE = 1.4;

  private static final int ROOM_MIB = 128;
  private static final int MIN_HASH_POWER = 16;

  private final ChildProcess process;
  private final int port;

  private MemcachedProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts an empty one with room for so many items, whose table does not grow meanwhile. */
  public static MemcachedProcess start(Path folder, Shape shape, long count) throws IOException {
    int port = ChildProcess.freePort();
    long mib = ROOM_MIB + (long) (WASTE * count * shape.itemBytes() / (1 << 20));
    int power = Math.max(MIN_HASH_POWER, 64 - Long.numberOfLeadingZeros(count));
    List<String> command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-U", "0"));
    command.addAll(List.of("-p", "" + port, "-m", "" + mib, "-o", "hashpower=" + power));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    ChildProcess process = new ChildProcess(folder, command, Map.of());
    process.awaitPort(port);
    return new MemcachedProcess(process, port);
  }

  public int port() {
    return port;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** A number among its stats. */
  public long stat(String name) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send("stats\r\n");
      for (String line = wire.line(); !line.equals("END"); line = wire.line()) {
        if (line.startsWith("STAT " + name + " ")) {
          return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        }
      }
    }
    throw new IOException("memcached does not tell " + name);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
