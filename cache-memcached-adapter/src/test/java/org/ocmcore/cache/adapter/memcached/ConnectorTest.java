package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names with several addresses, of which some have no server. */
final class ConnectorTest {
  private ServerSocket first;
  private ServerSocket second;
  private int port;

  @BeforeEach
  void listen() throws IOException {
    first = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    port = first.getLocalPort();
    second = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.2"));
  }

  @AfterEach
  void close() throws IOException {
    first.close();
    second.close();
  }

  private Connector connector(String... addresses) {
    Resolver resolver = (host, any) -> {
      List<InetSocketAddress> resolved = new ArrayList<>();
      for (String address : addresses) {
        resolved.add(new InetSocketAddress(address, any));
      }
      return resolved;
    };
    ServerAddress address = new ServerAddress("cache.test", port, "cache.test:" + port, 1);
    return new Connector(new ServerEndpoint(address, Runnable::run, resolver), Optional.empty());
  }

  private static void open(Connector connector) throws IOException {
    connector.open(Deadline.in(Duration.ofSeconds(20))).close();
  }

  private static String acceptedBy(ServerSocket listener) throws IOException {
    listener.setSoTimeout(20_000);
    listener.accept().close();
    return listener.getInetAddress().getHostAddress();
  }

  @Test
  void theNextAddressIsTried() throws IOException {
    first.close();
    open(connector("127.0.0.1", "127.0.0.2"));
    assertEquals("127.0.0.2", acceptedBy(second));
  }

  @Test
  void bothFamiliesAreTried() throws IOException {
    open(connector("::1", "127.0.0.1"));
    assertEquals("127.0.0.1", acceptedBy(first));
  }

  @Test
  void theWorkingAddressComesFirst() throws IOException {
    Connector connector = connector("127.0.0.1", "127.0.0.2");
    first.close();
    open(connector);
    acceptedBy(second);
    first = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
    open(connector);
    assertEquals("127.0.0.2", acceptedBy(second));
  }

  @Test
  void theLastFailureIsReported() throws IOException {
    first.close();
    second.close();
    assertThrows(ConnectException.class, () -> open(connector("127.0.0.1", "127.0.0.2")));
  }

  @Test
  void aMissingUnixSocketIsNamed() {
    ServerAddress address = ServerAddress.parse("unix:/no/such.sock");
    Connector connector = new Connector(
        new ServerEndpoint(address, Runnable::run, Resolver::resolveBySystem), Optional.empty());
    NoSuchFileException failure = assertThrows(NoSuchFileException.class, () -> open(connector));
    assertEquals("/no/such.sock", failure.getMessage());
  }

  @Test
  void aFullQueueOfAUnixSocketIsAwaited(@TempDir Path folder) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("full.sock"));
    List<SocketChannel> clients = new ArrayList<>();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address, 1);
      Deadline soon = Deadline.in(Duration.ofMillis(300));
      assertThrows(SocketTimeoutException.class, () -> {
        while (true) {
          clients.add(ConnectionAttempts.connect(address, soon));
        }
      });
      server.accept().close();
      clients.add(ConnectionAttempts.connect(address, Deadline.in(Duration.ofSeconds(20))));
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }
}
