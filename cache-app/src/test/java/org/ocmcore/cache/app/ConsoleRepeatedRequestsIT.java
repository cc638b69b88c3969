package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/**
 * Chromium sends a request again if its connection, which it had used before, is closed without an
 * answer.
 */
class ConsoleRepeatedRequestsIT {
  private static final String HEADER = "Idempotency-Key";

  private final RunningService service = RunningService.fresh(StoreKind.MEMORY);
  private final ApiClient api = service.client();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  /** Executes the first deletion, stores another value, and breaks the connection. */
  private void breakFirst(HttpExchange exchange, byte[] body) {
    if (exchange.getRequestMethod().equals("DELETE")) {
      String key = exchange.getRequestHeaders().getFirst(HEADER);
      keys.add(key);
      if (keys.size() == 1) {
        api.sendWith(HEADER, key, "DELETE", "/key/shop%3Aa/", null).expect(200);
        api.put("shop:a", "\"newer\"");
        throw new IllegalStateException("the proxy closes the connection");
      }
    }
  }

  @Test
  void aDeletionThatTheBrowserSendsAgainDeletesNothingNewer() throws IOException {
    api.put("shop:a", "\"older\"");
    try (PassingProxy proxy = new PassingProxy()) {
      proxy.pass("/", service.url(), this::breakFirst);
      try (ConsoleBrowser browser = ConsoleBrowser.start(proxy.url())) {
        browser.open("#/key?key=shop%3Aa");
        browser.awaitText(".facts", "Size");
        browser.clickButton("Delete…");
        browser.click("dialog button.danger");
        browser.awaitText("main h1", "Keys");
      }
    }
    assertEquals(List.of(keys.get(0), keys.get(0)), keys);
    assertEquals("newer", api.get("/key/shop:a/").text("value"));
  }
}
