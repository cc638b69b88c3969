package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.changes.FollowedServer;
import org.ocmcore.cache.domain.changes.KeyChange;
import org.ocmcore.cache.domain.changes.SkippedChanges;

/** Changes that servers report directly. */
final class DirectFeed implements ChangeFeed {
  /** Changes are matched so often that few are overwritten before. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final int PAUSES = 5;

  private final ChangeSubscription subscription;

  private final FollowedNotes followed = new FollowedNotes();

  DirectFeed(ChangeSubscription subscription) {
    this.subscription = subscription;
  }

  @Override
  public News next() {
    for (int i = 0; i < PAUSES; i++) {
      subscription.gather();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    ChangeSubscription.News news = subscription.take();
    List<String> notes = new ArrayList<>();
    news.servers()
        .ifPresent(servers -> notes.addAll(
            followed.news(servers.stream().map(DirectFeed::followed).toList())));
    news.skipped().forEach(skipped -> notes.add(skipped(skipped).note()));
    return new News(news.changes().stream().map(DirectFeed::change).toList(), notes);
  }

  private static Change change(KeyChange change) {
    return new Change(
        change.kind().toString(),
        change.key().toString(),
        Views.base64(change.key()),
        change.server(),
        change.at().toString(),
        change.size());
  }

  private static Followed followed(FollowedServer server) {
    return new Followed(
        server.server(),
        server.reports().stream().map(Object::toString).sorted().toList(),
        server.reason());
  }

  private static Skipped skipped(SkippedChanges skipped) {
    return new Skipped(skipped.count(), skipped.server(), skipped.reason().toString());
  }

  @Override
  public void close() {
    subscription.close();
  }
}
