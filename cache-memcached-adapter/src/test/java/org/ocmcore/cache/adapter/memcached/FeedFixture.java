package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.adapter.memcached.ScriptedServer.Script;
import org.ocmcore.cache.domain.testing.FeedThread;

/** A scripted server, and feeds that follow it. */
abstract class FeedFixture {
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final String STORE = "ts=%d.%d gid=7 type=item_store key=%s status=stored cmd=set"
      + " ttl=%d clsid=1 cfd=26 size=3\n";

  final ScriptedServer peer = ScriptedServer.start();
  final MemcachedStore store = peer.store(TIMEOUT);

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  FeedThread follow() {
    return FeedThread.start(store.keyspace(), peer.address());
  }

  FeedThread follow(Script afterwards) {
    peer.on("watch", client -> {
      client.send("OK\r\n");
      afterwards.play(client);
    });
    return follow();
  }

  FeedThread followLines(String lines) {
    return follow(client -> client.send(lines));
  }

  String line(String key) {
    return STORE.formatted(peer.now().getEpochSecond(), 5, key, 0);
  }
}
