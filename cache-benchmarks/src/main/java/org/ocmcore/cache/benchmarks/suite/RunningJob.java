package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.peer.ApiAnswer;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/**
 * A job of the service that works beside what is measured, until this is closed. For one thread.
 */
final class RunningJob implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;

  private final ServiceClient api;
  private final String path;

  /**
   * Has it begun, and waits until it has changed something.
   *
   * @param path where refreshes are asked for
   */
  static RunningJob ofRefresh(ServiceClient api, String path, String json)
      throws IOException, InterruptedException {
    RunningJob job = new RunningJob(api, "jobs/" + text(api.put(path + "?async=true", json), "id"));
    while (job.done() == 0) {
      Thread.sleep(LOOK_MILLIS);
    }
    return job;
  }

  private RunningJob(ServiceClient api, String path) {
    this.api = api;
    this.path = path + "/";
  }

  private static String text(ApiAnswer answer, String field) throws IOException {
    return answer.field(field).orElseThrow(() -> new IOException("there is no " + field));
  }

  /**
   * How many keys it has changed so far.
   *
   * @throws IOException also if it is over
   */
  long done() throws IOException {
    ApiAnswer answer = api.get(path);
    String state = text(answer, "state");
    if (!state.equals("running") && !state.equals("queued")) {
      throw new IOException("%s is %s already".formatted(path, state));
    }
    return Long.parseLong(text(answer, "done"));
  }

  /** Cancels it and waits until it has ended. */
  @Override
  public void close() throws IOException {
    api.delete(path);
    api.get(path + "events");
  }
}
