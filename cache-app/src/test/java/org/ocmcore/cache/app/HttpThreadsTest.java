package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpThreadsTest {
  private static Set<Thread> waiting() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().endsWith("SelectorManager"));
    return threads;
  }

  @Test
  void onlyOtherThreadsAreEnded() {
    HttpClient spared = HttpClient.newHttpClient();
    Set<Thread> before = waiting();
    HttpClient ended = HttpClient.newHttpClient();
    assertEquals(before.size() + 1, waiting().size());
    HttpThreads.endAllBut(before);
    assertEquals(before, waiting());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:1")).build();
    assertThrows(IOException.class, () -> spared.send(request, BodyHandlers.discarding()));
    assertEquals(before, waiting(), ended::toString);
  }
}
