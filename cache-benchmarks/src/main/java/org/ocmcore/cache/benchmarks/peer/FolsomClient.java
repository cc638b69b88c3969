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

/** Spotify's folsom with its defaults and one connection. For any number of threads. */
public final class FolsomClient implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;

  private final AsciiMemcacheClient<byte[]> client;

  public FolsomClient(int port) throws IOException, InterruptedException {
    client = MemcacheClientBuilder.newByteArrayClient()
        .withAddress("127.0.0.1", port)
        .connectAscii();
    await(ConnectFuture.connectFuture(client));
  }

  /** The value; null if there is none. */
  public byte[] get(String key) throws IOException, InterruptedException {
    return await(client.get(key));
  }

  /** Returns whether the value was stored. */
  public boolean set(String key, byte[] value, int ttl) throws IOException, InterruptedException {
    return await(client.set(key, value, ttl)) == MemcacheStatus.OK;
  }

  private static <T> T await(CompletionStage<T> stage) throws IOException, InterruptedException {
    try {
      return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
