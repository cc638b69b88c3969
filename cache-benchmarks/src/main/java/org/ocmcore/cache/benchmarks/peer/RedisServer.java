package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of redis-server without persistence, on a free port of the loopback interface. */
public final class RedisServer implements AutoCloseable {
  private final ChildProcess process;
  private final RedisClient client;

  private RedisServer(ChildProcess process, RedisClient client) {
    this.process = process;
    this.client = client;
  }

  /** Starts an empty one and waits until it accepts connections. */
  public static RedisServer start(Path folder) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", "" + port, "--save", "", "--appendonly", "no"));
    ChildProcess process = new ChildProcess(folder, command, Map.of());
    process.await(() -> process.output().contains("Ready to accept connections"));
    return new RedisServer(process, new RedisClient(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its only client. */
  public RedisClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.close();
  }
}
