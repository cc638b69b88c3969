package org.ocmcore.cache.benchmarks.peer;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ocmcore.cache.benchmarks.load.KeyNames;

/** A memcached that can do nothing but tell its keys, which it has ready. */
public final class CannedPeer implements AutoCloseable {
  private final ServerSocket listener;
  private final byte[] dump;

  private CannedPeer(byte[] dump) throws IOException {
    this.dump = dump;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** One with so many keys of 30 bytes. */
  public static CannedPeer ofMetadump(int keys) throws IOException {
    KeyNames names = new KeyNames(30);
    long now = Instant.now().getEpochSecond();
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    for (int i = 0; i < keys; i++) {
      dump.write("key=%s exp=%d la=%d cas=%d fetch=no cls=3 size=122\n"
          .formatted(names.text(i).replace(":", "%3A"), i % 2 == 0 ? -1 : now + 86_400, now, i)
          .getBytes(StandardCharsets.US_ASCII));
    }
    dump.write("END\r\n".getBytes(StandardCharsets.US_ASCII));
    return new CannedPeer(dump.toByteArray());
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(answer(line));
      }
    } catch (IOException ended) {
      // The client's affair.
    }
  }

  private byte[] answer(String line) {
    if (line.startsWith("lru_crawler metadump")) {
      return dump;
    }
    String answer = line.startsWith("stats")
        ? "STAT time %d\r\nSTAT uptime 100\r\nSTAT item_size_max 1048576\r\nEND\r\n"
            .formatted(Instant.now().getEpochSecond())
        : "ERROR\r\n";
    return answer.getBytes(StandardCharsets.US_ASCII);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "canned-peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
