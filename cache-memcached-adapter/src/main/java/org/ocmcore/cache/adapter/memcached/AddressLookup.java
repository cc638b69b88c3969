package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks up the addresses of a host in the background, because a DNS lookup has no timeout. A lookup
 * that takes longer than its caller waits continues for the next caller. Found addresses are kept;
 * if there is none, the host is looked up again. For any number of threads.
 */
final class AddressLookup {
  private final Executor background;
  private final String host;
  private final Callable<List<InetSocketAddress>> lookup;
  private final AtomicReference<FutureTask<List<InetSocketAddress>>> latest =
      new AtomicReference<>();

  /** Starts no lookup yet. */
  AddressLookup(Executor background, String host, Callable<List<InetSocketAddress>> lookup) {
    this.background = background;
    this.host = host;
    this.lookup = lookup;
  }

  /**
   * Returns the resolved addresses, at least one; waits for them.
   *
   * @throws UnknownHostException if the host name does not resolve
   * @throws java.net.SocketTimeoutException if the lookup takes longer than the deadline
   * @throws InterruptedIOException if this thread is interrupted; its flag is then set
   */
  List<InetSocketAddress> await(Deadline deadline) throws IOException {
    FutureTask<List<InetSocketAddress>> current = currentOrNew();
    try {
      List<InetSocketAddress> addresses =
          current.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      if (addresses.isEmpty()) {
        latest.compareAndSet(current, null);
        throw new UnknownHostException(host);
      }
      return addresses;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (TimeoutException e) {
      throw deadline.expired();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private FutureTask<List<InetSocketAddress>> currentOrNew() {
    FutureTask<List<InetSocketAddress>> task = new FutureTask<>(lookup);
    FutureTask<List<InetSocketAddress>> previous = latest.compareAndExchange(null, task);
    if (previous != null) {
      return previous;
    }
    boolean isStarted = false;
    try {
      background.execute(task);
      isStarted = true;
      return task;
    } finally {
      if (!isStarted) {
        latest.compareAndSet(task, null);
      }
    }
  }
}
