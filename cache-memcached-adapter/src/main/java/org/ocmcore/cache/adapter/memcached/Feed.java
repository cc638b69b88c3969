package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed: the changes that a server reports under {@code watch} (memcached doc/protocol.txt,
 * "Watchers"). For one thread; use each instance once.
 */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final TextConnection connection;
  private final WatchLineParser parser;
  private final FeedLossReporter listener;
  private final Server server;
  private final FeedMode mode;
  private boolean isBehind = true;

  /** @param mode {@link FeedMode#AUTO} or {@link FeedMode#ON} */
  Feed(
      TextConnection connection,
      WatchLineParser parser,
      FeedLossReporter listener,
      Server server,
      FeedMode mode) {
    this.connection = connection;
    this.parser = parser;
    this.listener = listener;
    this.server = server;
    this.mode = mode;
  }

  /**
   * Reports changes until the connection fails or this thread is interrupted, which is an
   * exception. Returns only if the server offers no feed.
   */
  void follow() throws IOException {
    Optional<Set<Kind>> kinds = watch();
    if (kinds.isEmpty()) {
      return;
    }
    connection.waitWithoutTimeout(this::reportPause);
    listener.began(kinds.get());
    InputBuffer input = connection.input();
    while (true) {
      input.readLine();
      // A feed without pauses never waits, and only a wait checks the flag.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      parser.parse(input.bytes(), input.lineStart(), input.lineEnd());
      isBehind = true;
    }
  }

  /** Returns the kinds of changes that the server now reports; empty if it reports none. */
  private Optional<Set<Kind>> watch() throws IOException {
    Set<Kind> wanted = selectKinds();
    if (isAccepted(wanted)) {
      return Optional.of(wanted);
    }
    // Releases up to 1.6.18 do not know deletions, and reject the whole command.
    wanted.remove(Kind.DELETIONS);
    return isAccepted(wanted) ? Optional.of(wanted) : Optional.empty();
  }

  private Set<Kind> selectKinds() throws IOException {
    if (mode == FeedMode.ON) {
      return EnumSet.allOf(Kind.class);
    }
    connection.setDeadline(Deadline.in(server.timeout()));
    Optional<WatchHazard> hazard = WatchHazard.find(
        server.version(), connection.fetchStats("stats settings").allowsBinary());
    if (hazard.isEmpty()) {
      return EnumSet.allOf(Kind.class);
    }
    listener.withheld(hazard.get().warning(server.version()));
    return EnumSet.complementOf(EnumSet.of(Kind.MUTATIONS));
  }

  private boolean isAccepted(Set<Kind> kinds) throws IOException {
    return isAccepted(kinds.stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" ", "watch ", "")));
  }

  private boolean isAccepted(String command) throws IOException {
    connection.setDeadline(Deadline.in(server.timeout()));
    connection.send(command);
    String response = connection.readLine();
    if (response.equals("OK")) {
      return true;
    }
    if (response.startsWith("ERROR")
        || response.startsWith("CLIENT_ERROR")
        || response.startsWith("WATCHER_")) {
      LOG.debug("The response to \"{}\" is \"{}\"", command, response);
      return false;
    }
    throw ProtocolException.of(response);
  }

  private void reportPause() {
    server.requireOpen();
    listener.reportNewLoss();
    if (isBehind) {
      isBehind = false;
      listener.caughtUp();
    }
  }
}
