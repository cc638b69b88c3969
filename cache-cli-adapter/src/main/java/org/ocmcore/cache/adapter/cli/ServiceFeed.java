package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;

/** Changes that a service reports as server-sent events. */
final class ServiceFeed implements ChangeFeed {
  private static final int SHOWN_NAME = 60;

  private final ServerSentEvents events;
  private final FollowedNotes followed = new FollowedNotes();

  private record ServersAnswer(List<Followed> servers) {
    ServersAnswer {
      servers = List.copyOf(servers);
    }
  }

  private record ErrorEvent(String detail) {}

  /** @param events are closed with this */
  ServiceFeed(ServerSentEvents events) {
    this.events = events;
  }

  @Override
  public News next() {
    List<Change> changes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (ServerSentEvents.Event event : events.next()) {
      add(event, changes, notes);
    }
    return new News(changes, notes);
  }

  private void add(ServerSentEvents.Event event, List<Change> changes, List<String> notes) {
    switch (event.name()) {
      case "change" -> changes.add(event.parse(Change.class));
      case "skipped" ->
        notes.add(RequestProblem.shortened(event.parse(Skipped.class).note()));
      case "servers" ->
        followed.news(event.parse(ServersAnswer.class).servers()).stream()
            .map(RequestProblem::shortened)
            .forEach(notes::add);
      case "error" ->
        throw RequestProblem.unreachable(event.parse(ErrorEvent.class).detail());
      default ->
        notes.add("the service sent an unknown event: "
            + TerminalText.shortened(event.name(), SHOWN_NAME));
    }
  }

  @Override
  public void requireBegun() {
    if (!events.isOpen()) {
      throw RequestProblem.unreachable(
          "the service has not begun to answer, so nobody knows what has changed");
    }
  }

  @Override
  public void close() {
    events.close();
  }
}
