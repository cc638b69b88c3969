package org.ocmcore.cache.adapter.memcached;

import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;

/**
 * One xmemcached connection to one server, shared by any number of threads. It does not reconnect:
 * {@link SharedConnectionHolder} replaces it. Each server has its own client, because a server that
 * misbehaves can block the only reactor thread of the client.
 */
final class SharedConnection implements AutoCloseable {
  /**
   * xmemcached's default of 32 KiB splits larger values into parts, and each part waits 40 ms until
   * the network acknowledges the one before.
   */
  private static final int SEND_BUFFER_BYTES = 1024 * 1024;

  private final MemcachedClient client;
  private final SingleSessionLocator session;
  private final ValueBound bound;
  private final AtomicLong opaques = new AtomicLong();

  /** The time of the last response, as {@link System#nanoTime} gives it; empty before the first. */
  private volatile OptionalLong answeredAt = OptionalLong.empty();

  private SharedConnection(MemcachedClient client, SingleSessionLocator session, ValueBound bound) {
    this.client = client;
    this.session = session;
    this.bound = bound;
  }

  /**
   * Connects to this very address. The result is not connected if that does not succeed in time.
   *
   * @param valueLimit of the values that the server sends
   */
  static SharedConnection connect(
      InetSocketAddress address, Duration timeout, ValueLimit valueLimit) throws IOException {
    SingleSessionLocator session = new SingleSessionLocator();
    XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(withoutName(address)));
    builder.setSessionLocator(session);
    builder.setConnectTimeout(timeout.toMillis());
    builder.setSocketOption(StandardSocketOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    builder.setSelectorPoolSize(1);
    builder.setEnableHealSession(false);
    MemcachedClient client = builder.build();
    client.setEnableHeartBeat(false);
    return new SharedConnection(client, session, new ValueBound(valueLimit));
  }

  /**
   * Returns the address with its digits as its name. xmemcached resolves the name of an address
   * again, and may get another server: one name can have many.
   */
  private static InetSocketAddress withoutName(InetSocketAddress address)
      throws UnknownHostException {
    if (address.isUnresolved()) {
      return address;
    }
    InetAddress found = address.getAddress();
    return new InetSocketAddress(
        InetAddress.getByAddress(found.getHostAddress(), found.getAddress()), address.getPort());
  }

  /** @param nanoTime as {@link System#nanoTime} gives it */
  boolean hasAnsweredSince(long nanoTime) {
    OptionalLong last = answeredAt;
    return last.isPresent() && last.getAsLong() - nanoTime > 0;
  }

  boolean isConnected() {
    return session.isOpen();
  }

  /**
   * Sends a request and returns its response.
   *
   * @throws java.net.SocketTimeoutException if the deadline passes
   * @throws EOFException if the connection ends
   * @throws InterruptedIOException if this thread is interrupted; its flag is then set
   */
  MetaResponse execute(MetaRequest request, Deadline deadline) throws IOException {
    long opaque = request.hasOpaque() ? opaques.incrementAndGet() : MetaResponseParser.NO_OPAQUE;
    SharedCommand command = new SharedCommand(request, opaque, bound);
    try {
      client.getConnector().send(command);
      MetaResponse response =
          command.response().get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      answeredAt = OptionalLong.of(System.nanoTime());
      return response;
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
    for (Session session : client.getConnector().getSessionSet()) {
      session.close();
    }
    client.shutdown();
  }

  /** Returns the only session for every key, because the ring has already chosen the server. */
  private static final class SingleSessionLocator implements MemcachedSessionLocator {
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
