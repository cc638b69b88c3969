package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/** A scripted server, and walks of it. */
abstract class WalkFixture {
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Duration BOUND = Duration.ofSeconds(20);
  static final String ITEM = "key=%s exp=-1 la=1700000000 cas=1 fetch=no cls=1 size=65\n";

  final ScriptedServer peer = ScriptedServer.start();
  final MemcachedStore store = peer.store(TIMEOUT);

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  List<KeyInfo> walk() {
    List<KeyInfo> visited = new ArrayList<>();
    assertTimeoutPreemptively(BOUND, () -> store.keyspace().walk(peer.address(), visited::add));
    return visited;
  }

  List<String> visitedKeys() {
    return walk().stream().map(info -> info.key().toString()).toList();
  }

  void answer(String text) {
    peer.on("lru_crawler", client -> client.send(text));
  }

  String refusal() {
    return assertThrows(StoreUnavailable.class, this::walk).reason();
  }
}
