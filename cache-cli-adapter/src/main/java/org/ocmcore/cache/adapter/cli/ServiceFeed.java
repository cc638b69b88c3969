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

/** Changes that a service reports as server-sent events. */
final class ServiceFeed implements ChangeFeed {
  /** More wait in the service, which counts what it has to leave out. */
  private static final int MAX_WAITING = 10_000;

  private static final long WAIT_MILLIS = 250;

  private final InputStream events;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

  /** @param name empty at the end of the stream */
  private record Event(String name, String data) {
    static final Event END = new Event("", "");
  }

  private record ServersAnswer(List<Followed> servers) {
    ServersAnswer {
      servers = List.copyOf(servers);
    }
  }

  private record ErrorEvent(String detail) {}

  /** @param events are closed with this */
  ServiceFeed(InputStream events) {
    this.events = events;
    Thread reading = new Thread(this::read, "events");
    reading.setDaemon(true);
    reading.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
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

  @Override
  public News next() {
    List<Event> all = new ArrayList<>();
    try {
      Event first = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return News.NONE;
      }
      all.add(first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return News.NONE;
    }
    waiting.drainTo(all);
    List<Change> changes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Event event : all) {
      add(event, changes, notes);
    }
    return new News(changes, notes);
  }

  private static void add(Event event, List<Change> changes, List<String> notes) {
    byte[] data = event.data.getBytes(StandardCharsets.UTF_8);
    try {
      switch (event.name) {
        case "change" -> changes.add(JsonOutput.parse(data, Change.class));
        case "skipped" -> notes.add(JsonOutput.parse(data, Skipped.class).note());
        case "servers" ->
          JsonOutput.parse(data, ServersAnswer.class)
              .servers()
              .forEach(server -> server.note().ifPresent(notes::add));
        case "error" ->
          throw RequestProblem.unreachable(
              JsonOutput.parse(data, ErrorEvent.class).detail());
        case "" -> throw RequestProblem.unreachable("the service has ended the stream");
        default -> notes.add("the service sent an unknown event: " + event.name);
      }
    } catch (JacksonException e) {
      throw RequestProblem.unreachable("the service sent an event that cannot be read");
    }
  }

  @Override
  public void close() {
    try {
      events.close();
    } catch (IOException e) {
      // It has ended.
      return;
    }
  }
}
