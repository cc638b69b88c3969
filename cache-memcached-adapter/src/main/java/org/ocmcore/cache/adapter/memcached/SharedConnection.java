package org.ocmcore.cache.adapter.memcached;

import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;

/**
 * One xmemcached connection to one server, which any number of threads share. It does not heal: its
 * {@link Server} replaces it. One client a server, since a server that misbehaves can block the
 * client's only reactor thread.
 */
final class SharedConnection implements AutoCloseable {
  /**
   * With the 32 KiB of xmemcached a larger value is sent in pieces, and each waits 40 ms for the
   * network to acknowledge the one before.
   */
  private static final int SEND_BUFFER = 1024 * 1024;

  private final MemcachedClient client;
  private final OnlySession session;
  private final AtomicLong numbers = new AtomicLong();

  private SharedConnection(MemcachedClient client, OnlySession session) {
    this.client = client;
    this.session = session;
  }

  /** Connects; if that does not succeed in time, the result is not connected. */
  static SharedConnection connect(InetSocketAddress address, Duration timeout) throws IOException {
    OnlySession session = new OnlySession();
    XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(address));
    builder.setSessionLocator(session);
    builder.setConnectTimeout(timeout.toMillis());
    builder.setSocketOption(StandardSocketOption.SO_SNDBUF, SEND_BUFFER);
    builder.setSelectorPoolSize(1);
    builder.setEnableHealSession(false);
    MemcachedClient client = builder.build();
    client.setEnableHeartBeat(false);
    return new SharedConnection(client, session);
  }

  boolean isConnected() {
    return session.isOpen();
  }

  /** Asks and waits for the answer. */
  MetaResponse ask(MetaRequest request, Deadline deadline) throws IOException {
    long number = request.isNumbered() ? numbers.incrementAndGet() : MetaResponseParser.UNNUMBERED;
    SharedCommand command = new SharedCommand(request, number);
    try {
      client.getConnector().send(command);
      return command.answer().get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      command.cancel();
      throw deadline.expired();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw closed(e.getCause());
    } catch (MemcachedException e) {
      throw closed(e);
    }
  }

  private static IOException closed(Throwable cause) {
    IOException closed = new EOFException();
    closed.initCause(cause);
    return closed;
  }

  @Override
  public void close() throws IOException {
    client.getConnector().getSessionSet().forEach(Session::close);
    client.shutdown();
  }

  /** Where xmemcached looks for the session of a key: the ring has chosen the server already. */
  private static final class OnlySession implements MemcachedSessionLocator {
    private volatile Session session;

    boolean isOpen() {
      Session current = session;
      return current != null && !current.isClosed();
    }

    @Override
    public Session getSessionByKey(String key) {
      return session;
    }

    @Override
    public void updateSessions(Collection<Session> sessions) {
      session = sessions.stream().findFirst().orElse(null);
    }

    @Override
    public void setFailureMode(boolean failureMode) {
      // There is no other session to fall back on, in either mode.
    }
  }
}
