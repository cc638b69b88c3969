package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.error.CacheException;
import tools.jackson.databind.json.JsonMapper;

/** The changes of a subscription. It ends only by a failure or with its client. */
final class ChangeEventSource implements EventSource {
  /** The most changes that wait for a client that reads slowly. */
  static final int BUFFER = 1_000;

  private final ChangeSubscription changes;
  private final FollowRequest request;
  private final JsonMapper json;
  private Optional<CacheException> failure = Optional.empty();

  /** @param changes are closed with this */
  ChangeEventSource(ChangeSubscription changes, FollowRequest request, JsonMapper json) {
    this.changes = changes;
    this.request = request;
    this.json = json;
  }

  @Override
  public boolean addNews(EventText text) {
    keepUp();
    ChangeSubscription.News news = changes.take();
    news.servers()
        .ifPresent(servers -> add(text, "servers", ChangeEvents.Servers.of(servers, request)));
    news.changes().forEach(change -> add(text, "change", ChangeEvents.Change.of(change)));
    news.skipped().forEach(skipped -> add(text, "skipped", ChangeEvents.Skipped.of(skipped)));
    failure.ifPresent(e -> add(text, "error", ProblemAnswer.of(Problems.of(e), request.path())));
    return failure.isPresent();
  }

  private void add(EventText text, String name, Record data) {
    text.event(name, json.writeValueAsString(data));
  }

  @Override
  public void keepUp() {
    try {
      if (failure.isEmpty()) {
        changes.gather();
      }
    } catch (CacheException e) {
      failure = Optional.of(e);
    }
  }

  @Override
  public long pollMillis() {
    return 250;
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public String title() {
    return "changes";
  }

  @Override
  public void close() {
    changes.close();
  }
}
