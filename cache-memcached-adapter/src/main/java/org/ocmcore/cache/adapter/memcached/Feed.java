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
 * What a server tells under {@code watch} (memcached doc/protocol.txt, "Watchers"), read until it
 * ends. For one thread.
 */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final TextConnection connection;
  private final ChangeLines lines;
  private final FeedLossReporter listener;
  private final Server server;
  private final FeedMode mode;
  private boolean behind = true;

  /** @param mode {@link FeedMode#AUTO} or {@link FeedMode#ON} */
  Feed(
      TextConnection connection,
      ChangeLines lines,
      FeedLossReporter listener,
      Server server,
      FeedMode mode) {
    this.connection = connection;
    this.lines = lines;
    this.listener = listener;
    this.server = server;
    this.mode = mode;
  }

  /** Reads it to its end, which is an exception; returns only if there is none. */
  void read() throws IOException {
    Optional<Set<Kind>> kinds = open();
    if (kinds.isEmpty()) {
      return;
    }
    connection.waitForEver(this::whileNothingComes);
    listener.began(kinds.get());
    Input input = connection.input();
    while (true) {
      input.nextLine();
      // A feed that never pauses never waits, so this is not seen elsewhere.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      lines.read(input.bytes(), input.lineStart(), input.lineEnd());
      behind = true;
    }
  }

  /** Asks for as much as is safe: a server that lacks one of the kinds refuses all. */
  private Optional<Set<Kind>> open() throws IOException {
    Set<Kind> safe = safeKinds();
    if (isGranted(safe)) {
      return Optional.of(safe);
    }
    // It came after 1.6.18.
    safe.remove(Kind.DELETIONS);
    return isGranted(safe) ? Optional.of(safe) : Optional.empty();
  }

  private Set<Kind> safeKinds() throws IOException {
    if (mode == FeedMode.ON) {
      return EnumSet.allOf(Kind.class);
    }
    connection.setDeadline(Deadline.in(server.timeout()));
    Optional<WatchHazard> hazard =
        WatchHazard.of(server.version(), connection.stats("stats settings").speaksBinary());
    if (hazard.isEmpty()) {
      return EnumSet.allOf(Kind.class);
    }
    listener.withheld(hazard.get().warning(server.version()));
    return EnumSet.complementOf(EnumSet.of(Kind.MUTATIONS));
  }

  private boolean isGranted(Set<Kind> kinds) throws IOException {
    return isGranted(kinds.stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" ", "watch ", "")));
  }

  private boolean isGranted(String command) throws IOException {
    connection.setDeadline(Deadline.in(server.timeout()));
    connection.send(command);
    String answer = connection.nextLine();
    if (answer.equals("OK")) {
      return true;
    }
    if (answer.startsWith("ERROR")
        || answer.startsWith("CLIENT_ERROR")
        || answer.startsWith("WATCHER_")) {
      LOG.debug("\"{}\" is answered \"{}\"", command, answer);
      return false;
    }
    throw ProtocolException.of(answer);
  }

  private void whileNothingComes() {
    server.requireOpen();
    listener.look();
    if (behind) {
      behind = false;
      listener.caughtUp();
    }
  }
}
