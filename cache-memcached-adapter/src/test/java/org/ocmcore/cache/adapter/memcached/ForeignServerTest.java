package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/** Peers that are no memcached, or not one that can be used. */
final class ForeignServerTest {
  private final ScriptedServer peer = ScriptedServer.start();
  private final MemcachedStore store = peer.store(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private StoreUnavailable failure() {
    return assertThrows(StoreUnavailable.class, () -> store.cache().get(CacheKey.of("key")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-ERR unknown command 'version'|it speaks the protocol of redis: name the port of a memcached",
        "-NOAUTH Authentication required.|it speaks the protocol of redis: name the port of a memcached",
        "HTTP/1.1 400 Bad Request|it is an HTTP server: name the port of a memcached",
        "<!DOCTYPE HTML>|it is an HTTP server: name the port of a memcached",
        "<html>|it is an HTTP server: name the port of a memcached",
        "SSH-2.0-OpenSSH_9.2p1|it is an SSH server: name the port of a memcached",
        "220 mail.example.org ESMTP|it is a mail or file server: name the port of a memcached",
      })
  void otherProtocolsAreRecognised(String answer, String reason) {
    peer.on("version", client -> client.send(answer + "\r\n"));
    StoreUnavailable failure = failure();
    assertEquals(reason, failure.reason());
    assertTrue(failure.isRefusal());
    assertEquals(List.of("version"), peer.receivedCommands());
  }

  @Test
  void bannersAreRecognised() {
    peer.onConnect(client -> client.send("SSH-2.0-OpenSSH_9.2p1\r\n"));
    peer.on("version", client -> client.hangUp());
    assertEquals("it is an SSH server: name the port of a memcached", failure().reason());
  }

  @Test
  void alertsOfTlsAreRecognised() {
    peer.on("version", client -> {
      client.send(new byte[] {0x15, 3, 1, 0, 2, 2, 70, '\r', '\n'});
      client.hangUp();
    });
    assertEquals(ForeignServer.TLS, failure().reason());
  }

  @Test
  void serversThatCloseEveryConnectionAreLost() {
    peer.on("version", ScriptedServer.Peer::hangUp);
    StoreUnavailable failure = failure();
    assertEquals("it closed the connection", failure.reason());
  }

  @Test
  void proxiesThatCloseOnMetaCommandsAreRecognised() {
    peer.on("m", ScriptedServer.Peer::hangUp);
    peer.on("mg", ScriptedServer.Peer::hangUp);
    peer.on("mn", ScriptedServer.Peer::hangUp);
    StoreUnavailable failure = failure();
    assertEquals(ForeignServer.TWEMPROXY, failure.reason());
    assertTrue(failure.isRefusal());
  }

  @Test
  void proxiesAreLoggedOnce() {
    peer.on("mg", ScriptedServer.Peer::hangUp);
    peer.on("mn", ScriptedServer.Peer::hangUp);
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      failure();
      failure();
      failure();
    } finally {
      System.setErr(before);
    }
    String text = log.toString(StandardCharsets.UTF_8);
    String named = "memcached %s cannot be used".formatted(peer.address());
    assertEquals(2, text.split(named, -1).length, text);
  }

  @Test
  void memcachedThatDiesInACallIsNoProxy() {
    peer.on("mg", ScriptedServer.Peer::hangUp);
    assertEquals("it closed the connection", failure().reason());
  }

  @Test
  void passwordsAreNotSentUnasked() {
    MemcachedSettings settings =
        MemcachedSettings.parse(peer.address()).withCredentials(new Credentials("user", "hunter2"));
    try (MemcachedStore named = MemcachedStore.open(settings)) {
      assertTrue(named.cache().get(CacheKey.of("key")).isEmpty());
      assertTrue(
          peer.receivedCommands().stream()
              .noneMatch(line -> line.startsWith("set") || line.contains("hunter2")),
          () -> peer.receivedCommands().toString());
    }
  }
}
