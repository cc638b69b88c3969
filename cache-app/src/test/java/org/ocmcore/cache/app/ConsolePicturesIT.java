package org.ocmcore.cache.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/**
 * Draws the screens that docs/console.md shows, on two servers with keys of five applications. The
 * pictures are in {@code target/console/docs}; {@code bin/console-pictures} takes them over.
 *
 * <p>With {@code -Dpictures.minutes=N}, clients use the keys for so long first, so that charts show
 * something.
 */
class ConsolePicturesIT {
  private static final Duration TRAFFIC =
      Duration.ofMinutes(Integer.getInteger("pictures.minutes", 0));
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int KEYS = 1_500;
  private static final List<String> SHAPES = List.of(
      "user:%d:profile",
      "user:%d:profile",
      "user:%d:list",
      "session:%d:state",
      "session:%d:state",
      "img:thumb:%d:large",
      "img:thumb:%d:small",
      "cart:%d:items",
      "page:%d:html");
  private static final List<String> LIFETIMES =
      List.of("null", "null", "600", "3600", "7200", "86400", "604800", "1209600");

  private static final Random RANDOM = new Random(7);

  private static MemcachedServer first;
  private static MemcachedServer second;
  private static RunningService service;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() {
    first = MemcachedServer.start("-B", "ascii");
    second = MemcachedServer.start("-B", "ascii");
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", first.address() + "," + second.address()));
    service.awaitReady();
    for (int i = 0; i < KEYS; i++) {
      storeOne(service.client());
    }
    service.client().send("POST", "/", null).expect(200);
    Instant end = Instant.now().plus(TRAFFIC);
    while (Instant.now().isBefore(end)) {
      use(service.client());
    }
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void close() {
    browser.close();
    service.close();
    first.stop();
    second.stop();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static String anyKey() {
    return SHAPES.get(RANDOM.nextInt(SHAPES.size())).formatted(RANDOM.nextInt(2_000));
  }

  /** Most values are small, and a few large. */
  private static void storeOne(ApiClient api) {
    int size = (int) Math.min(200_000, 120 / Math.pow(1 - RANDOM.nextDouble(), 1.1));
    api.send(
        "POST",
        "/key/" + ApiClient.encoded(anyKey()) + "/",
        "{\"value\": \"%s\", \"timeout\": %s}"
            .formatted("x".repeat(size), LIFETIMES.get(RANDOM.nextInt(LIFETIMES.size()))));
  }

  private static void use(ApiClient api) {
    int reads = 5 + RANDOM.nextInt(40);
    for (int i = 0; i < reads; i++) {
      api.get("/key/" + ApiClient.encoded(anyKey()) + "/");
    }
    storeOne(api);
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  private static void picture(String theme, String name) {
    browser.picture("docs/console-" + name + "-" + theme);
  }

  @Test
  void keysAreDrawnInBothThemes() {
    browser.systemTheme("light");
    browser.openList("#/keys");
    picture("light", "keys");
    browser.systemTheme("dark");
    browser.openList("#/keys?prefix=user%3A&sort=size");
    picture("dark", "keys");
  }

  @Test
  void theWholeIsDrawn() {
    browser.systemTheme("light");
    browser.open("#/?span=15m");
    browser.await("return document.querySelector('.metric.items .sparkline path') !== null");
    browser.awaitText("[data-tile='Last dump']", "ago");
    picture("light", "overview");
    browser.open("#/tree");
    browser.await("return document.querySelectorAll('.data .folder').length > 3");
    picture("light", "tree");
    browser.open("#/analysis?by=bytes");
    browser.await("return document.querySelectorAll('.bars').length === 5");
    picture("light", "analysis");
  }

  /** A value as a client with compression stores it. */
  private static String compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Test
  void aKeyIsDrawn() {
    String value = compressed("""
        {"id": 42, "name": "Ada Lovelace", "mail": "ada@example.org", "roles": ["author", "reviewer"],
         "address": {"city": "London", "zip": "W1U"}, "visits": 12345678901234567890}""");
    service
        .client()
        .send(
            "POST",
            "/key/user%3A42%3Aaccount/",
            "{\"value\": {\"base64\": \"%s\"}, \"flags\": 8, \"timeout\": 86400}".formatted(value))
        .expect(201);
    browser.systemTheme("light");
    browser.open("#/key?key=user%3A42%3Aaccount");
    browser.awaitText(".facts", "Size");
    browser.clickButton("Show value");
    browser.awaitText(".value", "Ada Lovelace");
    picture("light", "key");
  }

  @Test
  void jobsAreDrawn() {
    String rated = "{\"pattern\": \"^session:\", \"timeout\": 3600, \"rate\": 20}";
    ApiClient api = service.client();
    api.send("POST", "/", null).expect(200);
    api.send("POST", "/restore/", "{\"dry_run\": true}").expect(200);
    String id =
        api.send("PUT", "/pattern/manage/?async=true", rated).expect(202).text("id");
    browser.systemTheme("light");
    browser.open("#/jobs");
    browser.awaitText("[data-job='" + id + "'] .progress", "left");
    picture("light", "jobs");
    browser.clickButton("Cancel");
    browser.awaitText("[data-job='" + id + "'] .job-state", "cancelled");
  }

  @Test
  void changesAreDrawn() {
    browser.systemTheme("light");
    browser.openPreview("#/change?action=delete&prefix=session%3A");
    browser.await("return document.querySelector('.preview') !== null");
    picture("light", "change");
    browser.open("#/changes");
    browser.await("return document.querySelector('.summary .live') !== null");
    for (int i = 0; i < 20; i++) {
      storeOne(service.client());
    }
    browser.awaitText(".summary", "20 changes");
    picture("light", "changes");
  }

  @Test
  void dumpsAndSettingsAreDrawn() {
    browser.systemTheme("light");
    browser.open("#/dumps");
    browser.await("return document.querySelector('[data-dump]') !== null");
    browser.awaitText(".auto-dump .facts", "off");
    picture("light", "dumps");
    browser.click("[data-dump] a");
    browser.awaitText(".dump .facts", "Entries");
    browser.visit(browser.fragment() + "&view=restore&prefix=session%3A&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText("main", "Type the number of entries");
    picture("light", "restore");
    browser.systemTheme("dark");
    browser.open("#/settings");
    browser.await("return document.querySelector('.effective tbody tr') !== null");
    picture("dark", "settings");
  }
}
