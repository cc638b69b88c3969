package org.ocmcore.cache.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ocmcore.cache.adapter.memcached.ProcessEnd;

/** A twemproxy process before memcached servers, on a free port. */
final class Twemproxy implements AutoCloseable {
  private final Process process;
  private final Path config;
  private final int port;

  private Twemproxy(Process process, Path config, int port) {
    this.process = process;
    this.config = config;
    this.port = port;
  }

  static Twemproxy start(List<String> servers) throws IOException {
    return startWeighted(servers.stream().map(server -> server + ":1").toList());
  }

  /** @param servers {@code host:port:weight} each */
  static Twemproxy startWeighted(List<String> servers) throws IOException {
    int port = freePort();
    Path config = Files.createTempFile("twemproxy", ".yml");
    Files.writeString(config, """
        fleet:
          listen: 127.0.0.1:%d
          hash: fnv1a_64
          distribution: ketama
          servers:
        %s
        """.formatted(
        port, servers.stream().map(server -> "   - " + server).collect(Collectors.joining("\n"))));
    Process process = new ProcessBuilder(
            "/usr/sbin/nutcracker",
            "--conf-file=" + config,
            "--stats-addr=127.0.0.1",
            "--stats-port=" + freePort())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    Twemproxy proxy = new Twemproxy(process, config, port);
    Await.until(proxy::isListening);
    return proxy;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new IllegalStateException("twemproxy ended with status " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    ProcessEnd.await(process.destroyForcibly());
    Files.delete(config);
  }
}
