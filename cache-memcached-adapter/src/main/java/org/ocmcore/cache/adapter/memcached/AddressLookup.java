package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks up an address in the background, because a DNS lookup has no timeout. A lookup that takes
 * longer than its caller waits continues for the next caller. A found address is kept; an
 * unresolved one is looked up again. For any number of threads.
 */
final class AddressLookup {
  private final Executor background;
  private final Callable<InetSocketAddress> lookup;
  private final AtomicReference<FutureTask<InetSocketAddress>> latest = new AtomicReference<>();

  /** Starts no lookup yet. */
  AddressLookup(Executor background, Callable<InetSocketAddress> lookup) {
    this.background = background;
    this.lookup = lookup;
  }

  /**
   * Returns the resolved address; waits for it.
   *
   * @throws UnknownHostException if the host name does not resolve
   * @throws java.net.SocketTimeoutException if the lookup takes longer than the deadline
   * @throws InterruptedIOException if this thread is interrupted; its flag is then set
   */
  InetSocketAddress await(Deadline deadline) throws IOException {
    FutureTask<InetSocketAddress> current = currentOrNew();
    try {
      InetSocketAddress address = current.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      if (address.isUnresolved()) {
        latest.compareAndSet(current, null);
        throw new UnknownHostException(address.getHostString());
      }
      return address;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (TimeoutException e) {
      throw deadline.expired();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private FutureTask<InetSocketAddress> currentOrNew() {
    FutureTask<InetSocketAddress> task = new FutureTask<>(lookup);
    FutureTask<InetSocketAddress> previous = latest.compareAndExchange(null, task);
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
