package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class RequestThreadsTest {
  private final ExecutorService threads = new RequestThreads("test");

  @AfterEach
  void stop() {
    threads.shutdownNow();
    MDC.clear();
  }

  @Test
  void aTaskHasTheRequestThatBeganIt() throws Exception {
    MDC.put("request_id", "one");
    assertEquals("one", threads.submit(() -> MDC.get("request_id")).get());
    MDC.clear();
    assertNull(threads.submit(() -> MDC.get("request_id")).get());
  }
}
