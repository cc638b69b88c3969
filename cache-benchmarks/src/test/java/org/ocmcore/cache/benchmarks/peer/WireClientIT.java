package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.benchmarks.load.KeyNames;

class WireClientIT {
  private static final int COUNT = 3_050;

  @TempDir
  private Path folder;

  private MemcachedServer server;
  private WireClient client;

  @BeforeEach
  void start() throws Exception {
    server = MemcachedServer.start();
    client = WireClient.build(folder, new KeyNames(30), COUNT).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shufflingReachesEveryKey() {
    for (long count : new long[] {1, 2, 3, 10, 618, 1_000, 3_050, 1_000_000}) {
      long step = WireClient.shufflingStep(count);
      assertEquals(
          count,
          LongStream.range(0, count).map(i -> i * step % count).distinct().count());
    }
  }

  @Test
  void eachKeyIsThereOnceInByteOrder() throws IOException {
    KeyNames names = new KeyNames(30);
    assertEquals(
        LongStream.range(0, COUNT).mapToObj(names::text).sorted().toList(),
        Files.readAllLines(folder.resolve("keys")));
  }

  @Test
  void everyOperationIsOnAllKeys() throws Exception {
    assertTrue(client.storeShuffledSeconds(server.port()) > 0);
    assertEquals(COUNT, server.stat("curr_items"));
    assertTrue(client.metadumpSeconds(server.port()) > 0);
    client.touchSeconds(server.port());
    assertEquals(COUNT, server.stat("touch_hits"));
    client.deleteSeconds(server.port());
    assertEquals(0, server.stat("curr_items"));
  }

  @Test
  void aDumpHasEveryKeyAndValue() throws Exception {
    client.storeShuffledSeconds(server.port());
    client.dumpSeconds(server.port());
    String line = "VALUE %s 0 100\r\n%s\r\n".formatted(new KeyNames(30).text(0), "x".repeat(100));
    String items = Files.readString(folder.resolve("items"));
    assertEquals((long) COUNT * line.length(), items.length());
    assertTrue(items.contains(line));
  }

  @Test
  void aMissingItemIsAFailure() throws Exception {
    IOException failure = assertThrows(IOException.class, () -> client.touchSeconds(server.port()));
    assertTrue(failure.getMessage().contains("expected"), failure.getMessage());
    assertThrows(IOException.class, () -> client.metadumpSeconds(server.port()));
    assertThrows(IOException.class, () -> client.dumpSeconds(server.port()));
  }

  /** As memcached does while its own crawler runs. */
  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> commands = CompletableFuture.supplyAsync(() -> busyOnce(peer));
      assertTrue(client.metadumpSeconds(peer.getLocalPort()) > 0);
      assertEquals(2, commands.get());
    }
  }

  private static int busyOnce(ServerSocket peer) {
    try (Socket socket = peer.accept()) {
      socket.setSoTimeout(10_000);
      BufferedReader in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      in.readLine();
      send(socket, "BUSY currently processing crawler request\r\n");
      in.readLine();
      send(socket, "key=a exp=-1\r\n".repeat(COUNT) + "END\r\n");
      return 2;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aRefusedListIsAFailure() throws Exception {
    try (MemcachedServer refusing = MemcachedServer.start("-X")) {
      IOException failure =
          assertThrows(IOException.class, () -> client.metadumpSeconds(refusing.port()));
      assertTrue(failure.getMessage().contains("metadump"), failure.getMessage());
    }
  }
}
