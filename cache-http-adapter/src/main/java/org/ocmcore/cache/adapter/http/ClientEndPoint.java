package org.ocmcore.cache.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection of a client that can be asked whether the client has closed it, while nobody reads
 * from it. Bytes that arrive meanwhile, as those of the next request, are kept for the next reader.
 */
final class ClientEndPoint extends SocketChannelEndPoint {
  private static final int MAX_EARLY = 4096;

  private final Executor executor;
  private final Runnable onClose;
  private final boolean isAdmitted;

  /** What arrived early, ready to be read. */
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

  /**
   * @param isAdmitted otherwise it closes when it opens
   * @param onClose runs once
   */
  ClientEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor,
      boolean isAdmitted,
      Runnable onClose) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
    this.isAdmitted = isAdmitted;
    this.onClose = onClose;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    if (!isAdmitted) {
      close();
    }
  }

  @Override
  public void onClose(Throwable cause) {
    try {
      super.onClose(cause);
    } finally {
      onClose.run();
    }
  }

  /** Whether the client has closed the connection, as far as its last bytes tell. */
  synchronized boolean isGone() {
    if (!isOpen() || isInputShutdown()) {
      return true;
    }
    if (early.capacity() == 0) {
      early = BufferUtil.allocate(MAX_EARLY);
    }
    if (BufferUtil.isFull(early)) {
      return false;
    }
    try {
      return super.fill(early) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public synchronized int fill(ByteBuffer buffer) throws IOException {
    return BufferUtil.hasContent(early) ? BufferUtil.append(buffer, early) : super.fill(buffer);
  }

  @Override
  protected void needsFillInterest() {
    if (hasEarly()) {
      executor.execute(getFillInterest()::fillable);
    } else {
      super.needsFillInterest();
    }
  }

  private synchronized boolean hasEarly() {
    return BufferUtil.hasContent(early);
  }
}
