package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
  private final GapCounter listener;
  private final Server server;
  private boolean behind = true;

  Feed(TextConnection connection, ChangeLines lines, GapCounter listener, Server server) {
    this.connection = connection;
    this.lines = lines;
    this.listener = listener;
    this.server = server;
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

  /** Asks for as much as the server has: up to 1.6.18 it refuses all if it lacks one of them. */
  private Optional<Set<Kind>> open() throws IOException {
    if (isGranted("watch mutations evictions deletions")) {
      return Optional.of(EnumSet.allOf(Kind.class));
    }
    if (isGranted("watch mutations evictions")) {
      return Optional.of(EnumSet.of(Kind.MUTATIONS, Kind.EVICTIONS));
    }
    return Optional.empty();
  }

  private boolean isGranted(String command) throws IOException {
    connection.send(command);
    connection.input().nextLine();
    String answer = connection.input().line();
    if (answer.equals("OK")) {
      return true;
    }
    if (answer.startsWith("ERROR")
        || answer.startsWith("CLIENT_ERROR")
        || answer.startsWith("WATCHER_")) {
      LOG.debug("\"{}\" is answered \"{}\"", command, answer);
      return false;
    }
    throw Rubbish.of(answer);
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
