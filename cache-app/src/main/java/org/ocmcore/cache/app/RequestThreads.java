package org.ocmcore.cache.app;

import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * As many threads as tasks. What a task logs has the id of the request that began it, for example
 * when a job ends.
 */
final class RequestThreads extends ThreadPoolExecutor {
  private static final long IDLE_SECONDS = 60;

  RequestThreads(String name) {
    super(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Threads.daemons(name));
  }

  @Override
  public void execute(Runnable task) {
    Map<String, String> request = MDC.getCopyOfContextMap();
    super.execute(request == null || request.isEmpty() ? task : () -> execute(task, request));
  }

  private static void execute(Runnable task, Map<String, String> request) {
    MDC.setContextMap(request);
    try {
      task.run();
    } finally {
      MDC.clear();
    }
  }
}
