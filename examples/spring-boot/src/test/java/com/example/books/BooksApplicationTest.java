package com.example.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.port.Store;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** The whole application over HTTP, on a store in memory; each test has its own. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "logging.level.root=warn",
      "spring.main.banner-mode=off"
    })
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
final class BooksApplicationTest {
  private static final String ISBN = "9780306406157";
  private static final String BOOK = "/books/" + ISBN;

  /** A bean of type {@link Store} replaces the servers. */
  @TestConfiguration(proxyBeanMethods = false)
  static class OnMemory {
    @Bean
    Store store() {
      return MemoryStore.open();
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final Cache cache;
  private final int port;

  @Autowired
  BooksApplicationTest(Cache cache, @LocalServerPort int port) {
    this.cache = cache;
    this.port = port;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private void put(String path, String json) throws IOException, InterruptedException {
    HttpRequest put = request(path)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(json))
        .build();
    assertEquals(200, client.send(put, BodyHandlers.ofString()).statusCode());
  }

  private void assertContains(String expected, String path)
      throws IOException, InterruptedException {
    String body = get(path).body();
    assertTrue(body.contains(expected), body);
  }

  @Test
  void aBookIsLoadedOnce() throws Exception {
    assertContains("\"title\":\"Caching\"", BOOK);
    assertContains("\"title\":\"Caching\"", BOOK);

    assertContains("{\"queries\":1}", "/queries");
    assertEquals(
        "Caching", cache.app("books").get(ISBN, Book.class).orElseThrow().title());
  }

  @Test
  void absenceIsRemembered() throws Exception {
    assertEquals(404, get("/books/1").statusCode());
    assertEquals(404, get("/books/1").statusCode());

    assertContains("{\"queries\":1}", "/queries");
  }

  @Test
  void aStoredBookReplacesTheCachedOne() throws Exception {
    assertContains("\"title\":\"Caching\"", BOOK);
    put(BOOK, "{\"title\":\"Caching, second edition\",\"pages\":260}");

    assertContains("\"title\":\"Caching, second edition\"", BOOK);
  }

  @Test
  void actuatorShowsTheServers() throws Exception {
    assertContains("\"cacheApp\":{\"details\":{", "/actuator/health");
    assertEquals(200, get("/actuator/health").statusCode());
  }

  @Test
  void actuatorCountsHitsAndMisses() throws Exception {
    get(BOOK);
    get(BOOK);

    assertContains("\"value\":1.0", "/actuator/metrics/cache.gets?tag=cache:books&tag=result:hit");
    assertContains("\"value\":1.0", "/actuator/metrics/cache.gets?tag=cache:books&tag=result:miss");
  }
}
