package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceResponse;

/** A job of the service that runs while something else is measured. For one thread. */
final class BackgroundJob implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final ServiceClient service;
  private final String path;

  private BackgroundJob(ServiceClient service, String path) {
    this.service = service;
    this.path = path;
  }

  /**
   * Starts a refresh and waits until it has changed the first key.
   *
   * @param path of refreshes
   */
  static BackgroundJob startRefresh(ServiceClient service, String path, String json)
      throws IOException, InterruptedException {
    String id = requireField(service.put(path + "?async=true", json), "id");
    BackgroundJob job = new BackgroundJob(service, "jobs/" + id + "/");
    while (job.changedKeys() == 0) {
      Thread.sleep(POLL_MILLIS);
    }
    return job;
  }

  private static String requireField(ServiceResponse response, String field) throws IOException {
    return response
        .field(field)
        .orElseThrow(() -> new IOException(response.request() + ": there is no " + field));
  }

  /**
   * How many keys it has changed so far.
   *
   * @throws IOException also if it has ended
   */
  long changedKeys() throws IOException {
    ServiceResponse response = service.get(path);
    String state = requireField(response, "state");
    if (!state.equals("running") && !state.equals("queued")) {
      throw new IOException("%s is already %s".formatted(path, state));
    }
    return Long.parseLong(requireField(response, "done"));
  }

  /** Cancels it and waits until it has ended. */
  @Override
  public void close() throws IOException {
    service.delete(path, "");
    service.get(path + "events");
  }
}
