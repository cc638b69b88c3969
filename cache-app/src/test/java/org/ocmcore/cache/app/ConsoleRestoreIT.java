package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Restores of dumps in a browser. */
class ConsoleRestoreIT {
  private static ConsoleBrowser browser;

  private RunningService service;
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
  void clear() {
    service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
  }

  private String dumpOf(String... keys) {
    for (String key : keys) {
      api.put(key, "\"" + key + "\"");
    }
    return api.send("POST", "/", null).expect(200).text("name");
  }

  private static void openPart(String name, String part) {
    browser.open("#/dumps?name=" + ApiClient.encoded(name) + "&view=" + part);
  }

  private static void damage(RunningService service, String name) throws IOException {
    Path file = service.dumpFile().resolveSibling(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(file, bytes);
  }

  private static void dryRun() {
    browser.clickButton("Dry run");
    browser.awaitText(".job .job-state", "done");
  }

  private static void confirm(String count) {
    browser.await("return document.querySelector('input[name=confirmation]') !== null");
    browser.type("input[name=confirmation]", count);
    browser.press(Keys.ENTER);
  }

  @Test
  void aRestoreIsTriedConfirmedAndAccounted() {
    String name = dumpOf("user:1", "user:2", "shop:1");
    api.delete("/").expect(200);
    api.put("user:1", "\"kept\"");
    openPart(name, "restore");
    browser.await("return document.querySelector('select[name=ttl]') !== null");
    browser.element("select[name=ttl] option[value=never]").click();
    browser.search("user:");
    browser.await("return location.hash.includes('prefix=user')");
    dryRun();
    browser.awaitText(".job .facts", "Would be restored\n1");
    browser.awaitText(".job", "Exist already\n1");
    assertEquals(1, api.get("/keys/").number("total_keys"), "a dry run stores nothing");
    browser.type("input[name=confirmation]", "2");
    assertFalse(browser.element("button.danger[disabled]").isEnabled());
    // Another choice needs another dry run.
    browser.element("select[name=mode] option[value=replace]").click();
    browser.await("return document.querySelector('.job') === null");
    dryRun();
    browser.awaitText(".job .facts", "Would be restored\n2");
    browser.awaitText("main", "Keys that exist are overwritten");
    confirm("2");
    browser.await("return location.hash.includes('job=')");
    browser.awaitText(".job .facts", "Restored\n2");
    assertEquals("user:1", api.get("/key/user:1/").text("value"));
    assertTrue(api.get("/key/user:2/").json().get("ttl_seconds").isNull(), "it never expires");
    browser.clickButton("Restore more");
    browser.await("return document.querySelector('select[name=mode]')?.value === 'replace'");
    browser.element("select[name=mode] option[value=add]").click();
    browser.await("return !location.hash.includes('mode=')");
    dryRun();
    browser.awaitText("[data-state=nothing]", "2 keys exist already");
    browser.assertQuiet();
  }

  @Test
  void noMoreIsRestoredThanWasConfirmed() {
    String name = dumpOf("a", "b", "c", "d");
    api.delete("/key/a/").expect(200);
    openPart(name, "restore");
    dryRun();
    browser.awaitText(".job .facts", "Would be restored\n1");
    api.delete("/").expect(200);
    confirm("1");
    browser.awaitText(".job .job-state", "failed");
    browser.awaitText(".job .notice", "max_keys is 1: 1 entries are restored and stay");
    browser.awaitText(".job .facts", "Restored\n1");
    browser.awaitText("[data-state=beyond]", "Make another dry run");
    assertEquals(1, api.get("/keys/").number("total_keys"));
    browser.clickButton("Restore more");
    dryRun();
    confirm("3");
    browser.awaitText(".job .facts", "Restored\n3");
    assertEquals(4, api.get("/keys/").number("total_keys"));
    browser.assertQuiet();
  }

  @Test
  void aLifetimeFromNowIsChosen() {
    String name = dumpOf("a");
    api.delete("/").expect(200);
    openPart(name, "restore&ttl=shift&placement=ring");
    browser.await("return document.querySelector('select[name=ttl]')?.value === 'shift'");
    assertEquals(
        "ring", browser.run("return document.querySelector('select[name=placement]').value"));
    browser.element("select[name=ttl] option[value=seconds]").click();
    browser.await("return location.hash.includes('ttl=3600')");
    browser.type("input[list=lifetimes]", "soon");
    browser.awaitText("#lifetime-fault", "Write it like");
    browser.type("input[list=lifetimes]", "2h");
    browser.await("return location.hash.includes('ttl=7200')");
    browser.element("select[name=ttl] option[value=keep]").click();
    browser.await("return document.querySelector('input[list=lifetimes]') === null");
    browser.element("select[name=ttl] option[value=seconds]").click();
    browser.await("return location.hash.includes('ttl=3600')");
    assertEquals("1h", browser.element("input[list=lifetimes]").getDomProperty("value"));
    browser.type("input[list=lifetimes]", "never");
    browser.await("return document.querySelector('select[name=ttl]').value === 'never'");
    browser.element("select[name=ttl] option[value=seconds]").click();
    browser.type("input[list=lifetimes]", "2h");
    browser.await("return location.hash.includes('ttl=7200')");
    dryRun();
    confirm("1");
    browser.awaitText(".job .facts", "Lifetime\n2.0 h");
    browser.assertQuiet();
  }

  @Test
  void aDamagedDumpIsSalvaged() throws IOException {
    String text = '"' + "x".repeat(500_000) + '"';
    for (int i = 0; i < 6; i++) {
      api.put("n:" + i, text);
    }
    String name = dumpOf("last");
    damage(service, name);
    api.delete("/").expect(200);
    browser.open("#/dumps");
    browser.awaitText("[data-dump] .marks", "▲ damaged");
    browser.click("[data-dump] a");
    browser.awaitText("[data-state=damaged]", "The dump is damaged");
    assertTrue(browser.text(".damages tbody td:last-child").length() > 5, "a reason");
    browser.visit("#/dumps?name=" + name + "&view=restore");
    browser.clickButton("Dry run");
    browser.awaitText(".notice, .job .notice", "is not usable");
    browser.click("input[name=salvage]");
    browser.await(
        "return location.hash.includes('salvage=true') && document.querySelector('.job') === null");
    dryRun();
    browser.awaitText(".job .damages", "byte");
    long intact = Long.parseLong(browser.text(".job .facts dd"));
    assertTrue(intact > 0 && intact < 7, intact + " of 7");
    confirm(String.valueOf(intact));
    browser.awaitText(".job .facts", "Restored\n" + intact);
    assertEquals(intact, api.get("/keys/").number("total_keys"));
    browser.assertQuiet();
  }

  @Test
  void callersOfSomeAppsLearnThatADumpIsDamaged() throws IOException {
    try (RunningService limited = RunningService.withTokens(
            StoreKind.MEMORY, "development", "boss operator", "seller operator apps=shop");
        ConsoleBrowser own = ConsoleBrowser.start(limited.url())) {
      ApiClient boss = limited.client().with("boss");
      // More than one block.
      for (int i = 0; i < 12; i++) {
        boss.put("shop:" + i, '"' + "x".repeat(300_000) + '"');
      }
      String name = boss.send("POST", "/", null).expect(200).text("name");
      damage(limited, name);
      String dump = "#/dumps?name=" + ApiClient.encoded(name);
      own.open(dump);
      own.signIn("seller");
      own.awaitText("[data-state=damaged-keys]", "The dump is damaged");
      own.open(dump + "&view=keys&prefix=none");
      own.awaitText("[data-state=damaged-keys]", "The dump is damaged");
      own.awaitText("[data-state=no-match]", "No key of the dump matches");
      assertEquals(
          0L,
          own.number("performance.getEntriesByType('resource').filter((one) => one.name.endsWith('"
              + name + "/')).length"),
          "what this caller may not see is not asked for");
      own.open(dump + "&view=restore");
      own.await("return document.querySelector('input[name=salvage]') !== null");
      own.click("input[name=salvage]");
      own.await("return location.hash.includes('salvage=true')");
      own.clickButton("Dry run");
      own.awaitText(".job .job-state", "done");
    }
  }

  @Test
  void theLifetimeThatIsShownIsTheOneOfTheRestore() {
    String name = dumpOf("user:1");
    openPart(name, "restore&ttl=3600");
    browser.await("return document.querySelector('input[list=lifetimes]')?.value === '1h'");
    browser.visit("#/dumps?name=" + ApiClient.encoded(name) + "&view=restore&ttl=60");
    browser.await("return document.querySelector('input[list=lifetimes]')?.value === '1m'");
    browser.await(
        "return [...document.querySelectorAll('button')].some((one) => one.innerText === 'Dry run')");
    browser.type("input[list=lifetimes]", "5x");
    browser.await(
        "return ![...document.querySelectorAll('button')].some((one) => one.innerText === 'Dry run')");
  }

  /** The search is taken after a moment, with what is chosen then. */
  @Test
  void aSearchPutsNothingBack() {
    openPart(dumpOf("shop:1", "user:1"), "restore&mode=replace");
    browser.await("return document.querySelector('select[name=mode]')?.value === 'replace'");
    browser.run("""
        const search = document.getElementById('search');
        search.value = 'shop:';
        search.dispatchEvent(new Event('input', { bubbles: true }));
        const mode = document.querySelector('select[name=mode]');
        mode.value = 'add';
        mode.dispatchEvent(new Event('change', { bubbles: true }));
        """);
    browser.await(
        "return location.hash.includes('prefix=shop') && !location.hash.includes('mode=replace')");
  }
}
