package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MetadumpDrainTest {
  private static final String ASKED = "lru_crawler metadump hash\r\n";

  /** Drains once from a server with these answers, and returns how often it was asked. */
  private static int questions(List<String> answers) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MetadumpDrain drain = new MetadumpDrain(listener.getLocalPort());
        Socket peer = listener.accept()) {
      peer.setTcpNoDelay(true);
      CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> {
        try {
          int questions = 0;
          for (String answer : answers) {
            byte[] line = peer.getInputStream().readNBytes(ASKED.length());
            questions += new String(line, StandardCharsets.US_ASCII).equals(ASKED) ? 1 : 0;
            for (String piece : answer.split("~")) {
              peer.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
            }
          }
          peer.shutdownOutput();
          return questions;
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      assertTrue(drain.seconds() > 0);
      return asked.join();
    }
  }

  @Test
  void theEndMayComeInPieces() throws IOException {
    assertEquals(1, questions(List.of("key=a exp=-1\nkey=b exp=-1\nEND\r\n")));
    assertEquals(1, questions(List.of("key=a exp=-1\nE~N~D~\r~\n")));
    assertEquals(1, questions(List.of("OK\r\nkey=END exp=-1\n~END\r\n")));
    assertEquals(1, questions(List.of("E~ND\r\n")));
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    assertEquals(
        2,
        questions(
            List.of("BUSY currently processing crawler request\r\n", "key=a exp=-1\nEND\r\n")));
  }

  @Test
  void errorOrEarlyEndIsAFailure() {
    assertThrows(IOException.class, () -> questions(List.of("ERROR metadump not allowed\r\n")));
    assertThrows(IOException.class, () -> questions(List.of("key=a exp=-1\n")));
  }
}
