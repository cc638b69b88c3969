package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services behind one proxy, so that a browser takes them for one origin. */
class ConsoleSharedOriginIT {
  @TempDir
  private Path folder;

  private final Queue<String> sentToSecond = new ConcurrentLinkedQueue<>();
  private RunningService first;
  private RunningService second;
  private PassingProxy proxy;
  private String origin;

  @BeforeEach
  void start() throws IOException {
    String tokens = TokensOnDisk.write(folder, "boss operator").toString();
    first = start("/first", tokens);
    second = start("/second", tokens);
    proxy = new PassingProxy();
    proxy.pass("/first/", first.url(), (exchange, body) -> {});
    proxy.pass(
        "/second/",
        second.url(),
        (exchange, body) -> sentToSecond.addAll(
            exchange.getRequestHeaders().getOrDefault("Authorization", List.of())));
    origin = proxy.url();
  }

  private static RunningService start(String path, String tokens) {
    return RunningService.start(
        StoreKind.MEMORY,
        "production",
        Map.of("CACHE_HTTP_BASE_PATH", path, "CACHE_TOKENS_FILE", tokens));
  }

  @AfterEach
  void stop() {
    proxy.close();
    first.close();
    second.close();
  }

  @Test
  void theTokenOfOneServiceIsNotForTheOther() {
    try (ConsoleBrowser browser = ConsoleBrowser.start(origin)) {
      browser.openAddress(origin + "/first/console/#/keys");
      browser.signIn("boss");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      browser.openAddress(origin + "/second/console/#/keys");
      browser.awaitText("dialog", "This service needs a token");
      assertTrue(sentToSecond.isEmpty(), sentToSecond::toString);
      browser.openAddress(origin + "/first/console/#/keys");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      assertFalse(browser.has("dialog"), "signed in still");
    }
  }

  @Test
  void eachServiceHasAStreamOfChanges() {
    try (ConsoleBrowser browser = ConsoleBrowser.start(origin)) {
      for (String service : List.of("/first", "/second")) {
        browser.openTab();
        browser.openAddress(origin + service + "/console/#/changes");
        browser.signIn("boss");
        browser.await("return document.querySelector('.summary .live') !== null");
      }
    }
  }
}
