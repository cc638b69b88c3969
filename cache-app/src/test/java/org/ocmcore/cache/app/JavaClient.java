package org.ocmcore.cache.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** Other people's Java clients, with their defaults. All that they store lives for an hour. */
enum JavaClient {
  XMEMCACHED {
    @Override
    Connection open(MemcachedServer server) throws Exception {
      return new Xmemcached(new XMemcachedClientBuilder(List.of(address(server))).build());
    }
  },
  SPYMEMCACHED {
    @Override
    Connection open(MemcachedServer server) throws Exception {
      // Its own logger writes each connection to the output.
      System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
      return new Spymemcached(new net.spy.memcached.MemcachedClient(List.of(address(server))));
    }
  };

  private static final int TTL = 3_600;

  abstract Connection open(MemcachedServer server) throws Exception;

  private static InetSocketAddress address(MemcachedServer server) {
    return new InetSocketAddress("127.0.0.1", server.port());
  }

  /** One client of one server. */
  interface Connection extends AutoCloseable {
    Map<String, Object> getAll(Collection<String> keys) throws Exception;

    void set(String key, Object value) throws Exception;

    /** The number afterwards; {@code initial} if there was none. */
    long increment(String key, long delta, long initial) throws Exception;

    @Override
    void close() throws IOException;
  }

  private record Xmemcached(MemcachedClient client) implements Connection {
    @Override
    public Map<String, Object> getAll(Collection<String> keys) throws Exception {
      return client.get(keys);
    }

    @Override
    public void set(String key, Object value) throws Exception {
      requireStored(key, client.set(key, TTL, value));
    }

    @Override
    public long increment(String key, long delta, long initial) throws Exception {
      return client.incr(key, delta, initial);
    }

    @Override
    public void close() throws IOException {
      client.shutdown();
    }
  }

  private record Spymemcached(net.spy.memcached.MemcachedClient client) implements Connection {
    @Override
    public Map<String, Object> getAll(Collection<String> keys) {
      return client.getBulk(keys);
    }

    @Override
    public void set(String key, Object value) throws Exception {
      requireStored(key, client.set(key, TTL, value).get(10, TimeUnit.SECONDS));
    }

    @Override
    public long increment(String key, long delta, long initial) {
      return client.incr(key, delta, initial);
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  private static void requireStored(String key, boolean isStored) {
    if (!isStored) {
      throw new IllegalStateException("the client did not store '%s'".formatted(key));
    }
  }
}
