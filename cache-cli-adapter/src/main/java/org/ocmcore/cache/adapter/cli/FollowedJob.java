package org.ocmcore.cache.adapter.cli;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A job of a service that is followed to its end. For use by one thread. */
final class FollowedJob {
  private final RestClient api;
  private final String id;

  FollowedJob(RestClient api, String id) {
    this.api = api;
    this.id = id;
  }

  /** Sends a request that begins a job, and waits for its end. @param path below the API */
  static JobView execute(
      RestClient api, String method, String path, Map<String, ?> body, Watcher watcher) {
    JobView job = api.send(method, path + "?async=true", body, JobView.class);
    return new FollowedJob(api, job.id()).await(watcher);
  }

  /** Waits for the end; if the watcher wants it before, cancels the job. */
  private JobView await(Watcher watcher) {
    boolean isCancelled = false;
    try (ServerSentEvents events = events()) {
      while (true) {
        Optional<JobView> last = last(events, job -> watcher.show(job.progress().toDomain()));
        if (last.isPresent()) {
          return last.get();
        }
        if (watcher.wantsEnd() && !isCancelled) {
          api.send("DELETE", JobsCommand.path(id) + "/", Map.of(), MessageView.class);
          isCancelled = true;
        }
      }
    } catch (RequestProblem e) {
      throw e.saying("; job %s may go on: cache jobs show %s says so".formatted(id, id));
    }
  }

  /** Waits for the end; empty if the watcher wants to look no longer. The job goes on then. */
  Optional<JobView> follow(Watcher watcher, Consumer<JobView> changed) {
    try (ServerSentEvents events = events()) {
      while (!watcher.wantsEnd()) {
        Optional<JobView> last = last(events, job -> {
          watcher.show(job.progress().toDomain());
          changed.accept(job);
        });
        if (last.isPresent()) {
          return last;
        }
      }
      return Optional.empty();
    }
  }

  private ServerSentEvents events() {
    return api.events(JobsCommand.path(id) + "/events", Map.of());
  }

  /** The job at its end, if that is among the next events. */
  private static Optional<JobView> last(ServerSentEvents events, Consumer<JobView> changed) {
    for (ServerSentEvents.Event event : events.next()) {
      JobView job = event.parse(JobView.class);
      changed.accept(job);
      if (job.isOver()) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }
}
