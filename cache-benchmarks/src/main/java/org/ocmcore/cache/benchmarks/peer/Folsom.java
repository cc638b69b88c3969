package org.ocmcore.cache.benchmarks.peer;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.ConnectFuture;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Spotify's client with one connection, as it comes. For any number of threads. */
public final class Folsom implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final AsciiMemcacheClient<byte[]> client;

  public Folsom(int port) throws IOException, InterruptedException {
    client = MemcacheClientBuilder.newByteArrayClient()
        .withAddress("127.0.0.1", port)
        .connectAscii();
    done(ConnectFuture.connectFuture(client));
  }

  /** The value; null if there is none. */
  public byte[] get(String key) throws IOException, InterruptedException {
    return done(client.get(key));
  }

  /** Whether it was stored. */
  public boolean set(String key, byte[] value, int ttl) throws IOException, InterruptedException {
    return done(client.set(key, value, ttl)) == MemcacheStatus.OK;
  }

  private static <T> T done(CompletionStage<T> begun) throws IOException, InterruptedException {
    try {
      return begun.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
