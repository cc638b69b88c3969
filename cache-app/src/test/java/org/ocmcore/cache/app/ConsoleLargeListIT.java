package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.openqa.selenium.Keys;

/** A list that is longer than a page may be. */
class ConsoleLargeListIT {
  private static final int KEYS = 100_000;
  private static final int MOST_ROWS = 200;

  private static void fill(MemcachedServer server) throws IOException {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      commands.append(
          "set key:%06d 0 0 %d noreply\r\n%s\r\n".formatted(i, i % 50, "x".repeat(i % 50)));
    }
    commands.append("mn\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        OutputStream out = socket.getOutputStream()) {
      out.write(commands.toString().getBytes(StandardCharsets.US_ASCII));
      assertEquals(
          "MN\r\n", new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void onlyWhatIsSeenIsInThePage() throws IOException {
    try (MemcachedServer server = MemcachedServer.startWithRoomFor(KEYS, 200)) {
      fill(server);
      try (RunningService service = RunningService.start(
              StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
          ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
        Await.until(() -> service.client().get("/stats/").number("total_keys") == KEYS);
        browser.openList("#/keys");
        // The most rows that were ever in the page, from here on.
        browser.run("""
            window.mostRows = 0;
            new MutationObserver(() => {
              window.mostRows = Math.max(window.mostRows, document.querySelectorAll('[role=row]').length);
            }).observe(document.querySelector('main'), { childList: true, subtree: true });
            """);
        assertEquals(
            String.valueOf(KEYS + 1), browser.element(".grid").getAttribute("aria-rowcount"));
        browser.run("document.querySelector('.grid').focus()");
        browser.press(Keys.END);
        browser.awaitText("#row-" + (KEYS - 1), "key:099999");
        assertEquals(
            String.valueOf(KEYS + 1),
            browser.element("#row-" + (KEYS - 1)).getAttribute("aria-rowindex"));
        browser.press(Keys.HOME);
        browser.awaitText("#row-0", "key:000000");
        for (int row : new int[] {50_000, 12_345, 77_777, 501, 99_000}) {
          browser.run("document.querySelector('.grid').scrollTop = " + row * 32);
          browser.awaitText("#row-" + row, "key:%06d".formatted(row));
        }
        // The way back from a key leads to the same list, which goes on.
        browser.run("document.querySelector('#row-99000 a').click()");
        browser.awaitText(".facts", "Size");
        browser.back();
        browser.awaitText("#row-99000", "key:099000");
        browser.run("document.querySelector('.grid').scrollTop = " + 33_333 * 32);
        browser.awaitText("#row-33333", "key:033333");
        browser.run("document.querySelector('.grid').focus()");
        browser.press(Keys.HOME, Keys.PAGE_DOWN, Keys.PAGE_DOWN, Keys.ARROW_DOWN);
        browser.await("return document.querySelector('.grid-row.active a') !== null");
        long most = browser.number("window.mostRows");
        assertTrue(most > 20 && most <= MOST_ROWS, most + " rows");
        assertTrue(browser.number("document.querySelectorAll('*').length") < 3_000);

        // In another order the service answers the first 10,000 only, and the list says so.
        browser.click(".grid-head .size button");
        browser.awaitText(".summary", "the first 10,000 in this order");
        assertEquals("10001", browser.element(".grid").getAttribute("aria-rowcount"));
        browser.assertQuiet();
      }
    }
  }
}
