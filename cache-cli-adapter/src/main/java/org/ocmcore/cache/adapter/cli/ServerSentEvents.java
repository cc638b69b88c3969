package org.ocmcore.cache.adapter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/** A stream of events of a service, until it is closed. For use by one thread. */
final class ServerSentEvents implements AutoCloseable {
  /** More wait in the service, which counts what it has to leave out. */
  private static final int MAX_WAITING = 10_000;

  private static final long WAIT_MILLIS = 250;

  private final InputStream stream;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

  /** An event with its data, which is JSON. */
  record Event(String name, String data) {
    private static final Event END = new Event("", "");

    /** Whether the stream has ended; nothing follows. */
    boolean isEnd() {
      return this == END;
    }

    /** @throws RequestProblem if it cannot be read */
    <T> T parse(Class<T> type) {
      try {
        return JsonOutput.parse(data.getBytes(StandardCharsets.UTF_8), type);
      } catch (JacksonException e) {
        throw RequestProblem.unreachable("the service sent an event that cannot be read");
      }
    }
  }

  /** @param stream is closed with this */
  ServerSentEvents(InputStream stream) {
    this.stream = stream;
    Thread reading = new Thread(this::read, "events");
    reading.setDaemon(true);
    reading.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          waiting.put(new Event(name, line.substring("data:".length()).strip()));
        }
      }
      waiting.put(Event.END);
    } catch (IOException e) {
      waiting.offer(Event.END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The events since the last call; waits a quarter of a second for the first. */
  List<Event> next() {
    List<Event> all = new ArrayList<>();
    try {
      Event first = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        all.add(first);
        waiting.drainTo(all);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return all;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      // It has ended.
      return;
    }
  }
}
