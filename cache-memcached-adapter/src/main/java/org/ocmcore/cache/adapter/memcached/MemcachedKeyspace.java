package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerCounters;
import org.ocmcore.cache.domain.port.ServerStats;

/** The {@link KeyspacePort} of a {@link MemcachedStore}. */
final class MemcachedKeyspace implements KeyspacePort {
  /** A walk has no time limit, but each group of this many lines must arrive within the timeout. */
  private static final int LINES_PER_TIMEOUT = 100;

  /** The longest wait for the walk of another client, as a multiple of the timeout. */
  private static final int MAX_WAIT_IN_TIMEOUTS = 10;

  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long MAX_PAUSE_MILLIS = 200;

  private final Servers servers;
  private final Clock clock;
  private final FeedMode feedMode;

  MemcachedKeyspace(Servers servers, Clock clock, FeedMode feedMode) {
    this.servers = servers;
    this.clock = clock;
    this.feedMode = feedMode;
  }

  @Override
  public List<String> servers() {
    return servers.names();
  }

  @Override
  public String ring() {
    return servers.ringName();
  }

  @Override
  public Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    return servers.ringMatches(keys);
  }

  @Override
  public ServerStats stats(String server) {
    Server target = servers.server(server);
    return target.withConnection(
        Operation.of("stats"), servers.newDeadline(), target::fetchServerStats);
  }

  @Override
  public ServerCounters counters(String server, boolean slabs) {
    Server target = servers.server(server);
    return target.withConnection(
        Operation.of("counters"),
        servers.newDeadline(),
        connection -> new ServerCounters(
            target.fetchStats(connection).values(),
            connection.fetchStats("stats settings").values(),
            slabs ? connection.fetchStats("stats items").values() : Map.of(),
            slabs ? connection.fetchStats("stats slabs").values() : Map.of()));
  }

  @Override
  public Duration probe(String server) {
    MetaRequest noOp = MetaRequest.noOp();
    return servers
        .server(server)
        .withConnection(Operation.of("probe"), servers.newDeadline(), connection -> {
          long start = System.nanoTime();
          noOp.isSuccess(connection.execute(noOp));
          return Duration.ofNanos(System.nanoTime() - start);
        });
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    Server target = servers.server(server);
    Duration timeout = target.timeout();
    target.walkExclusively(() ->
        target.withConnection(Operation.of("walk"), Deadline.in(timeout), connection -> {
          connection.setDeadline(Deadline.in(timeout));
          MetadumpLineParser parser =
              new MetadumpLineParser(server, serverClock(target.fetchStats(connection)));
          if (startWalk(connection, timeout)) {
            visitKeys(connection, parser, timeout, visitor);
          }
          return parser;
        }));
  }

  /**
   * Starts the walk and reads its first line; retries while the server is busy. Returns false if
   * the server has no items.
   */
  private static boolean startWalk(TextConnection connection, Duration timeout) throws IOException {
    Deadline waitLimit = Deadline.in(timeout.multipliedBy(MAX_WAIT_IN_TIMEOUTS));
    for (long pauseMillis = FIRST_PAUSE_MILLIS;
        ;
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS)) {
      connection.setDeadline(Deadline.in(timeout));
      connection.send("lru_crawler metadump hash");
      String first = connection.readLine();
      if (first.equals("OK")) {
        // Since 1.6.43 "OK" comes first, even if an error follows.
        first = connection.readLine();
      }
      if (first.startsWith("key=") || first.equals("END")) {
        return true;
      }
      if (first.equals("NOTSTARTED no items to crawl")) {
        return false;
      }
      if (!isTemporary(first)) {
        throw error(first);
      }
      pause(pauseMillis, waitLimit, first);
    }
  }

  private static boolean isTemporary(String response) {
    return response.startsWith("BUSY") || response.startsWith("ERROR locked");
  }

  private static void pause(long millis, Deadline waitLimit, String response) throws IOException {
    try {
      waitLimit.remainingMillis();
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (SocketTimeoutException e) {
      throw ServerErrorException.temporary(
          response.startsWith("BUSY")
              ? "another client is walking its keys and has not finished in time"
              : "its hash table is locked while it grows; try again later");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static IOException error(String response) {
    if (response.equals("ERROR metadump not allowed")) {
      return ServerErrorException.permanent(
          "it does not allow its keys to be listed: start memcached without the option -X");
    }
    if (response.equals("CLIENT_ERROR lru crawler disabled")) {
      return ServerErrorException.permanent(
          "its LRU crawler, which lists the keys, is off: start memcached without"
              + " the option no_lru_crawler, or send it \"lru_crawler enable\"");
    }
    if (response.startsWith("NOTSTARTED")) {
      return ServerErrorException.temporary(
          "it did not start to list its keys: \"" + response + "\"");
    }
    return response.startsWith("ERROR") || response.startsWith("CLIENT_ERROR")
        ? ServerErrorException.of(response)
        : ProtocolException.of(response);
  }

  private ServerClock serverClock(StatsResponse stats) throws ProtocolException {
    return ServerClock.compare(stats.time(), clock.instant().getEpochSecond());
  }

  private static void visitKeys(
      TextConnection connection,
      MetadumpLineParser parser,
      Duration timeout,
      Consumer<? super KeyInfo> visitor)
      throws IOException {
    InputBuffer input = connection.input();
    for (int parsedLines = 1; !isEnd(input); parsedLines++) {
      KeyInfo key = parser.parse(input.bytes(), input.lineStart(), input.lineEnd());
      if (key != null) {
        visitor.accept(key);
      }
      if (parsedLines % LINES_PER_TIMEOUT == 0) {
        connection.setDeadline(Deadline.in(timeout));
        // A walk that never waits for the server checks the flag only here.
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException();
        }
      }
      input.readLine();
    }
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    Server target = servers.server(server);
    if (feedMode == FeedMode.OFF) {
      listener.withheld(
          "changes by other clients are not watched, only walks find them: CACHE_FEED is off");
      return false;
    }
    return target.withNewConnection(Operation.of("feed"), servers.newDeadline(), connection -> {
      connection.setDeadline(Deadline.in(target.timeout()));
      ServerClock serverClock = serverClock(target.fetchStats(connection));
      FeedLossReporter lossReporter = new FeedLossReporter(listener, target);
      WatchLineParser parser = new WatchLineParser(server, serverClock, clock, lossReporter);
      new Feed(connection, parser, lossReporter, target, feedMode).follow();
      return false;
    });
  }

  private static boolean isEnd(InputBuffer input) {
    return input.lineEnd() - input.lineStart() == 3
        && input.bytes()[input.lineStart()] == 'E'
        && input.line().equals("END");
  }
}
