package org.ocmcore.cache.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reports changes to the watchers of a {@link TrainingServer}, in the lines of memcached 1.6
 * (logger.c, {@code _logger_parse_ise} and {@code _ide}). It leaves out no line, so a watcher that
 * reads slowly slows down all changes. Safe for use by any number of threads.
 */
final class TrainingFeed {
  /** One of so many stores is followed by that of another client. */
  private static final int OTHERS = 16;

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /** @param command which names the kinds of changes */
  private record Watcher(String command, BufferedOutputStream out) {}

  /**
   * @param command such as {@code watch mutations deletions}, to which the server has responded
   * @param out keeps lines whole that several threads write
   */
  void add(String command, BufferedOutputStream out) {
    watchers.add(new Watcher(command, out));
  }

  /** Reports a store, and once in a while one of the same key by another client. */
  void stored(String key) {
    report("mutations", key, "type=item_store", "status=stored cmd=set ttl=0");
    if (key.hashCode() % OTHERS == 0) {
      report("mutations", key, "type=item_store", "status=stored cmd=set ttl=0");
    }
  }

  void deleted(String key) {
    report("deletions", key, "type=deleted", "cmd=md");
  }

  private void report(String kind, String key, String type, String how) {
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
      watcher.out.write(line);
    } catch (IOException gone) {
      watchers.remove(watcher);
    }
  }

  /** Sends all reports. */
  void flush() {
    for (Watcher watcher : watchers) {
      try {
        watcher.out.flush();
      } catch (IOException gone) {
        watchers.remove(watcher);
      }
    }
  }
}
