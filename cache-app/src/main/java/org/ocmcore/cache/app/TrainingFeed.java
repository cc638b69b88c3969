package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells the watchers of a {@link TrainingServer} of its changes, in the lines of memcached 1.6
 * (logger.c, {@code _logger_parse_ise} and {@code _ide}). Safe for use by any number of threads.
 */
final class TrainingFeed {
  /** One of so many stores is followed by that of another client. */
  private static final int OTHERS = 16;

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /** @param command which names the kinds of changes */
  private record Watcher(String command, OutputStream out) {}

  /** @param command such as {@code watch mutations deletions}, to which the server has responded */
  void add(String command, OutputStream out) {
    watchers.add(new Watcher(command, out));
  }

  /** Tells of a store, and of another one if another client is at the same key. */
  void stored(String key) {
    tell("mutations", key, "type=item_store", "status=stored cmd=set ttl=0");
    if (key.hashCode() % OTHERS == 0) {
      tell("mutations", key, "type=item_store", "status=stored cmd=set ttl=0");
    }
  }

  void deleted(String key) {
    tell("deletions", key, "type=deleted", "cmd=md");
  }

  private void tell(String kind, String key, String type, String how) {
    if (watchers.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    String time = now.getEpochSecond() + "." + now.get(ChronoField.MICRO_OF_SECOND);
    byte[] line = ("ts=" + time + " gid=1 " + type + " key=" + key + " " + how
            + " clsid=1 cfd=1 size=100\n")
        .getBytes(StandardCharsets.ISO_8859_1);
    for (Watcher watcher : watchers) {
      if (watcher.command.contains(kind)) {
        write(watcher, line);
      }
    }
  }

  private void write(Watcher watcher, byte[] line) {
    try {
      synchronized (watcher) {
        watcher.out.write(line);
      }
    } catch (IOException gone) {
      watchers.remove(watcher);
    }
  }

  /** Sends what the watchers have been told. */
  void flush() {
    for (Watcher watcher : watchers) {
      try {
        synchronized (watcher) {
          watcher.out.flush();
        }
      } catch (IOException gone) {
        watchers.remove(watcher);
      }
    }
  }
}
