package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/** One address that reads long answers slowly leaves places for others. */
class HttpLongAnswersIT {
  private static final int READERS = 70;

  private static String status(Socket socket) throws IOException {
    byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(line, StandardCharsets.US_ASCII);
  }

  private static Socket ask(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    String request =
        "GET %s/keys/?details=true HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(ApiClient.BASE);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void oneAddressLeavesPlacesForTheNext() throws IOException {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    // Far more than the buffers between both ends hold.
    String prefix = "k".repeat(150);
    IntStream.range(0, 30_000).parallel().forEach(i -> service.client().put(prefix + i, "1"));
    int port = Integer.parseInt(service.url().replaceFirst(".*:", ""));
    List<Socket> readers = new ArrayList<>();
    try {
      int answered = 0;
      for (int i = 0; i < READERS; i++) {
        Socket reader = ask("127.0.0.9", port);
        readers.add(reader);
        answered += status(reader).equals("HTTP/1.1 200") ? 1 : 0;
      }
      assertEquals(32, answered);
      readers.add(ask("127.0.0.10", port));
      assertEquals("HTTP/1.1 200", status(readers.get(READERS)));
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }
}
