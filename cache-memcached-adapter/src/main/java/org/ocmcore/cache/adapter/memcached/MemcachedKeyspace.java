package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/** The {@link KeyspacePort} of a {@link MemcachedStore}. */
final class MemcachedKeyspace implements KeyspacePort {
  /** A walk may take long, but this many lines of it may not take longer than the timeout. */
  private static final int LINES_WITHIN_THE_TIMEOUT = 100;

  /** How many timeouts long we wait for another client's walk to end. */
  private static final int PATIENCE = 10;

  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long MAX_PAUSE_MILLIS = 200;

  private final Servers servers;
  private final Clock clock;
  private final FeedMode feed;

  MemcachedKeyspace(Servers servers, Clock clock, FeedMode feed) {
    this.servers = servers;
    this.clock = clock;
    this.feed = feed;
  }

  @Override
  public List<String> servers() {
    return servers.all().stream().map(Server::name).toList();
  }

  @Override
  public ServerStats stats(String server) {
    Server asked = servers.named(server);
    return asked.converse(
        Operation.of("stats"),
        servers.deadline(),
        connection -> asked.report(connection).toServerStats());
  }

  @Override
  public Duration probe(String server) {
    MetaRequest nothing = MetaRequest.nothing();
    return servers.named(server).converse(Operation.of("probe"), servers.deadline(), connection -> {
      long begin = System.nanoTime();
      nothing.isGranted(connection.ask(nothing));
      return Duration.ofNanos(System.nanoTime() - begin);
    });
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    Server walked = servers.named(server);
    Duration timeout = walked.timeout();
    walked.inTurn(() -> walked.converse(Operation.of("walk"), Deadline.in(timeout), connection -> {
      connection.setDeadline(Deadline.in(timeout));
      KeyLines parser = new KeyLines(server, serverClock(walked.report(connection)));
      if (begin(connection, timeout)) {
        visit(connection, parser, timeout, visitor);
      }
      return parser;
    }));
  }

  /** Asks until the walk has begun and stands on its first line; false if there are no items. */
  private static boolean begin(TextConnection connection, Duration timeout) throws IOException {
    Deadline patience = Deadline.in(timeout.multipliedBy(PATIENCE));
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
      connection.setDeadline(Deadline.in(timeout));
      connection.send("lru_crawler metadump hash");
      String first = connection.nextLine();
      if (first.equals("OK")) {
        // Since 1.6.43 it says so before it knows whether it can.
        first = connection.nextLine();
      }
      if (first.startsWith("key=") || first.equals("END")) {
        return true;
      }
      if (first.equals("NOTSTARTED no items to crawl")) {
        return false;
      }
      if (!isPassing(first)) {
        throw refusal(first);
      }
      pause(pause, patience, first);
    }
  }

  private static boolean isPassing(String answer) {
    return answer.startsWith("BUSY") || answer.startsWith("ERROR locked");
  }

  private static void pause(long millis, Deadline patience, String answer) throws IOException {
    try {
      patience.remainingMillis();
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (SocketTimeoutException e) {
      throw ServerErrorException.passing(
          answer.startsWith("BUSY")
              ? "another client is walking its keys and does not come to an end"
              : "it keeps its table locked while that grows; try again later");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static IOException refusal(String answer) {
    if (answer.equals("ERROR metadump not allowed")) {
      return ServerErrorException.lasting(
          "it does not allow its keys to be listed: start memcached without the option -X");
    }
    if (answer.equals("CLIENT_ERROR lru crawler disabled")) {
      return ServerErrorException.lasting(
          "its LRU crawler, which lists the keys, is off: start memcached without"
              + " the option no_lru_crawler, or send it \"lru_crawler enable\"");
    }
    if (answer.startsWith("NOTSTARTED")) {
      return ServerErrorException.passing("it did not start to list its keys: \"" + answer + "\"");
    }
    return answer.startsWith("ERROR") || answer.startsWith("CLIENT_ERROR")
        ? ServerErrorException.saying(answer)
        : ProtocolException.of(answer);
  }

  private ServerClock serverClock(ServerReport report) throws ProtocolException {
    return ServerClock.compare(report.time(), clock.instant().getEpochSecond());
  }

  private static void visit(
      TextConnection connection,
      KeyLines parser,
      Duration timeout,
      Consumer<? super KeyInfo> visitor)
      throws IOException {
    Input input = connection.input();
    for (int lines = 1; !isEnd(input); lines++) {
      KeyInfo key = parser.parse(input.bytes(), input.lineStart(), input.lineEnd());
      if (key != null) {
        visitor.accept(key);
      }
      if (lines % LINES_WITHIN_THE_TIMEOUT == 0) {
        connection.setDeadline(Deadline.in(timeout));
        // A walk that never waits for the server does not see this elsewhere.
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException();
        }
      }
      input.nextLine();
    }
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    Server followed = servers.named(server);
    if (feed == FeedMode.OFF) {
      listener.withheld(
          "changes by other clients are not watched, and found by walks: CACHE_FEED is off");
      return false;
    }
    return followed.converseAlone(Operation.of("feed"), servers.deadline(), connection -> {
      connection.setDeadline(Deadline.in(followed.timeout()));
      ServerClock serverClock = serverClock(followed.report(connection));
      FeedLossReporter counted = new FeedLossReporter(listener, followed);
      ChangeLines lines = new ChangeLines(server, serverClock, clock, counted);
      new Feed(connection, lines, counted, followed, feed).read();
      return false;
    });
  }

  private static boolean isEnd(Input input) {
    return input.lineEnd() - input.lineStart() == 3
        && input.bytes()[input.lineStart()] == 'E'
        && input.line().equals("END");
  }
}
