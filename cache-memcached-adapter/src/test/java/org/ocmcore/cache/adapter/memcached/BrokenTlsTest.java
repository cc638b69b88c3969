package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer the first message of a TLS handshake with anything else, and close. */
final class BrokenTlsTest {
  private static final Operation OPERATION = Operation.of("test");

  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void answer(byte[] bytes) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read(new byte[16_384]);
      socket.getOutputStream().write(bytes);
      // Closing with unread bytes would reset the connection.
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException closed) {
      // The client has seen enough.
    }
  }

  private String reason(byte[] bytes) {
    ServerAddress address = new ServerAddress("127.0.0.1", listener.getLocalPort(), "peer", 1);
    Resolver resolver = (host, port) -> List.of(new InetSocketAddress(host, port));
    Connector connector = new Connector(
        new ServerEndpoint(address, Runnable::run, resolver),
        Optional.of(TlsSettings.verified().unverified()));
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> answer(bytes));
    IOException failure = assertThrows(
        IOException.class,
        () -> connector.open(Deadline.in(Duration.ofSeconds(20))).close());
    peer.join();
    return FailureTranslator.translate("peer", OPERATION, failure).reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15030300020228|TLS failed: Received fatal alert: handshake_failure",
        "160303ff|it closed the connection",
        "''|it closed the connection"
      })
  void theReasonIsASentence(String hex, String reason) {
    assertEquals(reason, reason(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384 + 2_049, 32_768, 65_535})
  void aRecordThatIsTooLongIsAFailureOfTls(int length) {
    byte[] bytes = new byte[5 + length];
    bytes[0] = 22;
    bytes[1] = 3;
    bytes[2] = 3;
    bytes[3] = (byte) (length >> 8);
    bytes[4] = (byte) length;
    String reason = reason(bytes);
    assertTrue(reason.startsWith("TLS failed: "), reason);
  }
}
