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
 * Finds an address in the background, since a look-up cannot be bounded. One that takes longer than
 * its caller waits goes on for the next caller, and what it finds stays; what is not found is
 * looked up again. For any number of threads.
 */
final class LookUp {
  private final Executor background;
  private final Callable<InetSocketAddress> way;
  private final AtomicReference<FutureTask<InetSocketAddress>> latest = new AtomicReference<>();

  /** Does not begin yet. */
  LookUp(Executor background, Callable<InetSocketAddress> way) {
    this.background = background;
    this.way = way;
  }

  /**
   * The address, resolved.
   *
   * @throws UnknownHostException if there is none
   */
  InetSocketAddress await(Deadline deadline) throws IOException {
    FutureTask<InetSocketAddress> running = running();
    try {
      InetSocketAddress found = running.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      if (found.isUnresolved()) {
        latest.compareAndSet(running, null);
        throw new UnknownHostException(found.getHostString());
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (TimeoutException e) {
      throw deadline.expired();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private FutureTask<InetSocketAddress> running() {
    FutureTask<InetSocketAddress> fresh = new FutureTask<>(way);
    FutureTask<InetSocketAddress> earlier = latest.compareAndExchange(null, fresh);
    if (earlier != null) {
      return earlier;
    }
    boolean isStarted = false;
    try {
      background.execute(fresh);
      isStarted = true;
      return fresh;
    } finally {
      if (!isStarted) {
        latest.compareAndSet(fresh, null);
      }
    }
  }
}
