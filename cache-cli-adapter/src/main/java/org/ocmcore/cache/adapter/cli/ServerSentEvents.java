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
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * A stream of events of a service, until it is closed. Connects and reads beside its user, who
 * never waits longer than {@link #next}. For use by one thread.
 */
final class ServerSentEvents implements AutoCloseable {
  /** More wait in the service, which counts what it has to leave out. */
  private static final int MAX_WAITING = 10_000;

  /** No event of a service is nearly as long. */
  private static final int MAX_LINE = 8 * 1024 * 1024;

  private static final long WAIT_MILLIS = 250;

  private final Supplier<InputStream> opening;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread reading = new Thread(this::read, "events");
  private volatile boolean isOpen;

  /** An event with its data, which is JSON. @param end null unless the stream has ended so */
  record Event(String name, String data, RequestProblem end) {
    /** @throws RequestProblem if it cannot be read */
    <T> T parse(Class<T> type) {
      try {
        return JsonOutput.parse(data.getBytes(StandardCharsets.UTF_8), type);
      } catch (JacksonException e) {
        throw RequestProblem.unreachable("the service sent an event that cannot be read");
      }
    }
  }

  /** @param opening asks for the stream, and throws {@link RequestProblem} if there is none */
  ServerSentEvents(Supplier<InputStream> opening) {
    this.opening = opening;
    reading.setDaemon(true);
    reading.start();
  }

  private void read() {
    try {
      waiting.put(new Event("", "", readAll()));
    } catch (InterruptedException e) {
      // It was closed.
      Thread.currentThread().interrupt();
    }
  }

  /** Returns why it has ended. */
  private RequestProblem readAll() throws InterruptedException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(opening.get(), StandardCharsets.UTF_8))) {
      isOpen = true;
      String name = "";
      for (String line = line(lines); line != null; line = line(lines)) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          waiting.put(new Event(name, line.substring("data:".length()).strip(), null));
        }
      }
      return RequestProblem.unreachable("the service has ended the stream");
    } catch (IOException e) {
      return RequestProblem.unreachable("the stream of the service has broken: " + IoReason.of(e));
    } catch (RequestProblem e) {
      return e;
    }
  }

  /** The next line without its end; null behind the last. */
  private static String line(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    int character = lines.read();
    if (character < 0) {
      return null;
    }
    while (character >= 0 && character != '\n') {
      if (line.length() == MAX_LINE) {
        throw new IOException("it sent a line of more than " + Formats.bytes(MAX_LINE));
      }
      line.append((char) character);
      character = lines.read();
    }
    return line.toString();
  }

  /**
   * The events since the last call; waits a quarter of a second for the first.
   *
   * @throws RequestProblem if the stream has ended, after its last event
   */
  List<Event> next() {
    List<Event> all = new ArrayList<>();
    try {
      Event first = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return all;
      }
      all.add(first);
      waiting.drainTo(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int last = all.size() - 1;
    if (last == 0 && all.get(0).end() != null) {
      throw all.get(0).end();
    }
    if (last > 0 && all.get(last).end() != null) {
      // For the next call; nothing else is put behind it.
      waiting.add(all.remove(last));
    }
    return all;
  }

  /** Whether the service has begun to answer. */
  boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() {
    reading.interrupt();
  }
}
