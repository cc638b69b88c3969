package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;

/** Requests that a person sends from the page of the API, in a real Chromium. */
class DocsBrowserIT {
  private static ConsoleBrowser browser;

  private ApiClient api;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start(RunningService.fresh(StoreKind.MEMORY).url());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void open() {
    api = RunningService.fresh(StoreKind.MEMORY).client();
    browser.open("../docs/");
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  /** Opens the form of a request, fills in the path and sends it. */
  private void send(String method, String path, String parameter, String value) {
    String block = "[data-test]";
    browser.await("""
        const found = [...document.querySelectorAll('.opblock-tag')];
        found.filter((tag) => tag.dataset.isOpen === 'false').forEach((tag) => tag.click());
        const block = [...document.querySelectorAll('.opblock-' + arguments[0])]
          .find((each) => each.querySelector('[data-path]')?.dataset.path === arguments[1]);
        block?.setAttribute('data-test', '');
        return block !== undefined;
        """, method, path);
    browser.click(block + " .opblock-summary-control");
    browser.await("return document.querySelector('[data-test] .try-out__btn') !== null");
    browser.click(block + " .try-out__btn");
    browser.type(block + " tr[data-param-name=" + parameter + "] input", value);
    browser.click(block + " .execute");
  }

  /** How many requests to the API have left the page. */
  private long sent() {
    return browser.number(
        "performance.getEntriesByType('resource').filter((each) => new URL(each.name).pathname.startsWith('/api/')).length");
  }

  @ParameterizedTest
  @CsvSource({
    "delete, /api/cache/key/{key}, key, ..",
    "delete, /api/cache/key/{key}, key, .",
    "delete, /api/cache/key/{key}, key, a/../b",
    "get, /api/cache/key/{key}, key, ..",
    "put, /api/cache/key/{key}, key, ..",
    "delete, /api/cache/jobs/{id}, id, ..",
    "delete, /api/cache/apps/{app}, app, ..",
    "delete, /api/cache/dumps/{name}, name, ..",
    "post, /api/cache/dumps/{name}/diff, name, .."
  })
  void aStepOfThePathIsNotSent(String method, String path, String parameter, String value) {
    api.put("a", "1");
    send(method, path, parameter, value);
    browser.awaitText("[data-test] .responses-wrapper", "Nothing was sent");
    browser.awaitText("[data-test] .responses-wrapper", "key_base64");
    assertEquals(0, sent());
    // A command to copy would be shortened by curl.
    String shown = browser.text("[data-test] .responses-wrapper");
    assertFalse(shown.contains("/api/cache/" + path.split("/")[3] + "/"), shown);
    assertEquals("1", api.get("/key/a/").expect(200).at("value").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"...", "a..b", ".a", "%2E%2E", "a?..", "a#.."})
  void otherDotsAreSent(String key) {
    String address = "/key/?key_base64="
        + Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    api.send("POST", address, "{\"value\": 1}").expect(201);
    api.put("a", "1");
    send("delete", "/api/cache/key/{key}", "key", key);
    browser.awaitText("[data-test] .responses-wrapper", "deleted");
    api.get(address).expect(404);
    api.get("/key/a/").expect(200);
  }

  @Test
  void aCommandToCopyHasNoToken() {
    api.put("a", "1");
    browser.click(".btn.authorize");
    browser.type(".auth-container input", "cache_secret");
    browser.click(".auth-btn-wrapper .authorize");
    browser.click(".btn-done");
    send("get", "/api/cache/key/{key}", "key", "a");
    browser.awaitText("[data-test] .curl-command", "Authorization: Bearer TOKEN");
    String shown = browser.text("[data-test] .responses-wrapper");
    assertFalse(shown.contains("secret"), shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/cache/key/..",
        "/api/cache/key/../",
        "/api/cache/key/./raw",
        "/api/cache/key/%2e%2E",
        "/api/cache/key/.%2e/",
        "/api/cache/key/%2E?a=b",
        "/api/cache/key/a%2F..",
        "/api/cache/key/..;a"
      })
  void stepsAreFoundInAnyEncoding(String path) {
    assertEquals(
        "", browser.run("return refuseSteps({ url: location.origin + arguments[0] }).url", path));
  }
}
