package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A network proxy in front of a real server: delays, loses or blocks traffic as a test needs. */
public final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Duration delay;
  private final Set<Flow> flows = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isDropping = new AtomicBoolean();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();

  private Relay(int target, Duration delay) {
    this.target = target;
    this.delay = delay;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a relay to this server without delay. */
  public static Relay to(MemcachedServer server) {
    return to(server, Duration.ZERO);
  }

  /**
   * Starts a relay to this server.
   *
   * @param roundTrip the delay of request and response together
   */
  public static Relay to(MemcachedServer server, Duration roundTrip) {
    Relay relay = new Relay(server.port(), roundTrip.dividedBy(2));
    daemon(relay::accept);
    return relay;
  }

  /** Returns {@code host:port} for clients. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Drops the next bytes from the server: one response, if one request is outstanding. */
  public void dropNextAnswer() {
    isDropping.set(true);
  }

  /** Returns the number of dropped responses. */
  public int dropped() {
    return dropped.get();
  }

  /**
   * Returns how often a client sent something first, or after it had received something. Exact if
   * the delay is longer than it takes the client to send everything.
   */
  public int roundTrips() {
    return roundTrips.get();
  }

  /**
   * Returns how often a client sent something on a connection on which nothing was on its way in
   * either direction: the number of round trips that it waited for.
   */
  public int waits() {
    return waits.get();
  }

  /**
   * Blocks all current feeds without closing them, as a firewall does with idle connections: no
   * bytes pass any more, and neither side gets an error.
   */
  public void forgetFeeds() {
    flows.stream().filter(flow -> flow.isFeed).forEach(flow -> flow.isForgotten = true);
  }

  /** Blocks all current connections in the same way; new ones work. */
  public void forgetAll() {
    flows.forEach(flow -> flow.isForgotten = true);
  }

  /** Returns the number of feeds that are not blocked. */
  public long feeds() {
    return flows.stream().filter(flow -> flow.isFeed && !flow.isForgotten).count();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Flow flow = new Flow(client, new Socket(InetAddress.getLoopbackAddress(), target));
        flows.add(flow);
        flow.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private record Chunk(long due, byte[] bytes) {}

  private final class Flow {
    private final Socket client;
    private final Socket server;
    private volatile boolean isFeed;
    private volatile boolean isForgotten;
    private final AtomicBoolean isAnswered = new AtomicBoolean(true);
    private final AtomicInteger chunksInTransit = new AtomicInteger();

    Flow(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void start() {
      forward(client, server, true);
      forward(server, client, false);
    }

    private void forward(Socket from, Socket to, boolean isRequest) {
      LinkedBlockingQueue<Chunk> inTransit = new LinkedBlockingQueue<>();
      daemon(() -> receive(from, inTransit, isRequest));
      daemon(() -> deliver(inTransit, to));
    }

    private void receive(Socket from, LinkedBlockingQueue<Chunk> inTransit, boolean isRequest) {
      byte[] buffer = new byte[64 * 1024];
      try {
        InputStream in = from.getInputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          byte[] bytes = Arrays.copyOf(buffer, count);
          if (isRequest && isAnswered.compareAndSet(true, false)) {
            roundTrips.incrementAndGet();
          }
          if (isRequest && new String(bytes, StandardCharsets.ISO_8859_1).startsWith("watch")) {
            isFeed = true;
          }
          if (!isRequest && isDropping.compareAndSet(true, false)) {
            dropped.incrementAndGet();
          } else {
            boolean isIdle = chunksInTransit.getAndIncrement() == 0;
            if (isRequest && isIdle) {
              waits.incrementAndGet();
            }
            inTransit.add(new Chunk(System.nanoTime() + delay.toNanos(), bytes));
          }
        }
      } catch (IOException ended) {
        // The empty chunk below closes the other side, as after an orderly end.
      }
      inTransit.add(new Chunk(System.nanoTime() + delay.toNanos(), new byte[0]));
    }

    private void deliver(LinkedBlockingQueue<Chunk> inTransit, Socket to) {
      try (client;
          server) {
        OutputStream out = to.getOutputStream();
        for (Chunk next = inTransit.take(); next.bytes.length > 0; next = inTransit.take()) {
          for (long left = next.due - System.nanoTime();
              left > 0;
              left = next.due - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
          chunksInTransit.decrementAndGet();
          if (!isForgotten) {
            if (to == client) {
              isAnswered.set(true);
            }
            out.write(next.bytes);
          }
        }
        if (isForgotten) {
          awaitClose();
        }
      } catch (IOException | InterruptedException ended) {
        flows.remove(this);
      }
      flows.remove(this);
    }

    private void awaitClose() throws InterruptedException {
      synchronized (this) {
        while (!listener.isClosed()) {
          wait(100);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Flow flow : flows) {
        flow.client.close();
        flow.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
