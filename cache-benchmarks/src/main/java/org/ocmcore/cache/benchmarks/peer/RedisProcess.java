package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A redis-server of our own that keeps nothing on disk. */
public final class RedisProcess implements AutoCloseable {
  private final ChildProcess process;
  private final int port;

  private RedisProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts an empty one. */
  public static RedisProcess start(Path folder) throws IOException {
    int port = ChildProcess.freePort();
    ChildProcess process = new ChildProcess(
        folder,
        List.of(
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            "" + port,
            "--save",
            "",
            "--appendonly",
            "no"),
        Map.of());
    process.awaitPort(port);
    return new RedisProcess(process, port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
