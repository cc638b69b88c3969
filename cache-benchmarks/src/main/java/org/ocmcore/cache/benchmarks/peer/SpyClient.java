package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import net.spy.memcached.MemcachedClient;

/** spymemcached with its defaults and one connection. For any number of threads. */
public final class SpyClient implements AutoCloseable {
  static {
    // Its own logger writes each connection to the output.
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
  }

  private final MemcachedClient client;

  public SpyClient(int port) throws IOException {
    client = new MemcachedClient(List.of(new InetSocketAddress("127.0.0.1", port)));
  }

  /** The value; null if there is none. */
  public String get(String key) {
    return (String) client.get(key);
  }

  /** The values of the keys that exist, in one round trip. */
  public Map<String, Object> getAll(Collection<String> keys) {
    return client.getBulk(keys);
  }

  /** Returns whether the value was stored. */
  public boolean set(String key, String value, int ttl) throws IOException, InterruptedException {
    try {
      return client.set(key, ttl, value).get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
