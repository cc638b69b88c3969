package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Selecting keys of the list, deleting them, and exporting the list. */
class ConsoleSelectionIT {
  @TempDir
  static Path folder;

  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.saveInto(folder);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void fill() throws IOException {
    api.delete("/").expect(200);
    for (String key : List.of("a", "b", "c", "d")) {
      api.put(key, "\"1\"", "600");
    }
    for (String name : List.of("keys.csv", "keys.ndjson")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  /** @param form the name of the form in the menu @param name that of the file */
  private static String exported(String form, String name) throws IOException {
    browser.click(".export summary");
    browser.clickButton(form);
    Path file = folder.resolve(name);
    Await.until(() -> Files.exists(file));
    return Files.readString(file);
  }

  private static boolean isSelected(int row) {
    return "true".equals(browser.element("#row-" + row).getAttribute("aria-selected"));
  }

  private static void awaitSelected(String text) {
    browser.awaitText(".selected", text);
  }

  @Test
  void aClickOrSpaceSelects() {
    browser.openList("#/keys");
    assertFalse(browser.has(".selected"));
    browser.click("#row-0 input");
    awaitSelected("1 selected");
    assertTrue(isSelected(0));
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.SPACE);
    awaitSelected("2 selected");
    assertTrue(isSelected(2));
    browser.press(Keys.SPACE);
    awaitSelected("1 selected");
    browser.press(Keys.chord(Keys.CONTROL, "a"));
    awaitSelected("4 selected");
    browser.click(".choice input");
    browser.await("return document.querySelector('.selected') === null");
    browser.click(".choice input");
    awaitSelected("4 selected");
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelector('.selected') === null");
  }

  /** They would be changed with those of the list that comes, and stand nowhere. */
  @Test
  void noKeyOfAListThatIsAboutToGoIsSelected() {
    browser.openList("#/keys");
    HeldAnswers held = new HeldAnswers(browser, "prefix=", "head");
    browser.visit("#/keys?prefix=no%3Asuch");
    held.await();
    browser.await("return document.querySelector('#row-0 input').disabled");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.HOME, Keys.SPACE, Keys.chord(Keys.CONTROL, "a"));
    assertFalse(browser.has(".selected"), browser.text("main"));
    held.goOn();
    browser.awaitText("main [data-state=no-match]", "No key matches.");
    assertFalse(browser.has(".selected"), browser.text("main"));
  }

  @Test
  void aSelectionOutlivesTheOrderButNoFilter() {
    browser.openList("#/keys");
    browser.click("#row-0 input");
    awaitSelected("1 selected");
    browser.click(".grid-head .key button");
    browser.awaitKeys("d", "c", "b", "a");
    assertTrue(isSelected(3));
    browser.search("b");
    browser.awaitKeys("b");
    assertFalse(browser.has(".selected"));
  }

  @Test
  void delAsksForTheKeyOrForWhatIsSelected() {
    browser.openList("#/keys");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.HOME, Keys.ARROW_DOWN, Keys.DELETE);
    browser.awaitText("dialog .named", "b");
    browser.clickButton("Delete");
    browser.awaitKeys("a", "c", "d");
    browser.click("#row-0 input");
    browser.click("#row-2 input");
    awaitSelected("2 selected");
    browser.click(".export summary");
    browser.press(Keys.ESCAPE);
    assertFalse(browser.has(".export[open]"));
    awaitSelected("2 selected");
    browser.press(Keys.DELETE);
    browser.awaitText(".preview", "Apps\n1");
    browser.awaitText(".sample", "a ");
    browser.awaitText(".sample .note", " B");
    assertEquals("#/change?action=delete&selected=true", browser.fragment());
    browser.type("input[name=confirmation]", "3");
    assertFalse(browser.element(".box button.danger").isEnabled());
    browser.type("input[name=confirmation]", "2");
    browser.press(Keys.ENTER);
    browser.awaitText(".account", "Done\n2");
    browser.visit("#/keys");
    browser.awaitKeys("c");
    assertFalse(browser.has(".selected"));
  }

  @Test
  void selectedKeysGetANewLifetime() {
    browser.openList("#/keys");
    browser.click("#row-1 input");
    awaitSelected("1 selected");
    browser.clickButton("New lifetime…");
    browser.type("input[list=lifetimes]", "never");
    browser.clickButton("Preview");
    browser.awaitText(".sample", "b");
    browser.type("input[name=confirmation]", "1");
    browser.press(Keys.ENTER);
    browser.awaitText(".account", "Done\n1");
    assertTrue(api.get("/key/b/").json().get("ttl_seconds").isNull());
    assertFalse(api.get("/key/a/").json().get("ttl_seconds").isNull());
  }

  @Test
  void noMoreKeysAreChangedThanSomebodyTyped() {
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.click("#row-2 input");
    awaitSelected("2 selected");
    api.delete("/key/a/").expect(200);
    browser.clickButton("Delete…");
    browser.awaitText(".preview", "Keys\n1");
    browser.awaitText("section.change", "1 selected key of 2 is on no server any more");
    browser.clickButton("Preview again");
    api.put("a", "\"again\"");
    browser.type("input[name=confirmation]", "1");
    assertTrue(browser.has(".danger[disabled]"), browser.text("section.change"));
    browser.type("input[name=confirmation]", "2");
    browser.press(Keys.ENTER);
    browser.awaitText(".account", "Done\n2");
  }

  @Test
  void anotherListIsNotSelectedByAnOldAnswer() {
    browser.openList("#/keys?prefix=a");
    browser.run("""
        const ask = window.fetch;
        window.fetch = async (url, options) => {
          if (String(url).includes('limit=1000')) {
            await new Promise((done) => { window.goOn = done; });
          }
          return ask(url, options);
        };
        """);
    browser.click(".choice input");
    browser.await("return window.goOn !== undefined");
    browser.visit("#/keys?prefix=b");
    browser.awaitKeys("b");
    browser.run("window.goOn()");
    browser.click("#row-0 input");
    awaitSelected("1 selected");
    assertTrue(browser.has("#row-0 input:checked"), browser.text("main"));
  }

  @Test
  void aSelectionThatIsGoneSaysSo() {
    browser.open("#/change?action=delete&selected=true");
    browser.awaitText(".empty", "No key is selected.");
  }

  @Test
  void beyondAThousandTheFilterIsTheSelection() {
    IntStream.range(0, 1_001).forEach(i -> api.put("n:%04d".formatted(i), "1"));
    browser.openList("#/keys?prefix=n%3A");
    browser.click(".choice input");
    awaitSelected("All 1,001 keys of this list");
    assertTrue(isSelected(0));
    browser.clickButton("Delete…");
    browser.awaitText(".preview", "1,001");
    assertEquals("#/change?action=delete&prefix=n%3A", browser.fragment());
    browser.back();
    browser.openList("#/keys?prefix=n%3A0");
    browser.click(".choice input");
    awaitSelected("1,000 selected");
    // No more by name.
    browser.openList("#/keys?prefix=n%3A");
    browser.run("""
        return Promise.all([import('./base/selection.js'), import('./base/key-list.js')]).then(([{ toggle }, { kept }]) => {
          for (let i = 0; i < 1000; i += 1) {
            toggle({ key: `n:${String(i).padStart(4, '0')}`, size_bytes: 1, server: 's' }, kept.pages);
          }
        })
        """);
    awaitSelected("1,000 selected");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.END);
    browser.await("return document.querySelector('#row-1000 input:enabled') !== null");
    browser.press(Keys.SPACE);
    awaitSelected("At most 1,000 keys");
    assertFalse(isSelected(1_000));
  }

  @Test
  void theListIsExportedInBothForms() throws IOException {
    api.put("=1+1,\"x\"", "1", "null");
    api.send("POST", "/key/?key_base64=Af8=", "{\"value\": 1}").expect(201);
    browser.openList("#/keys");
    List<String> lines = exported("NDJSON", "keys.ndjson").lines().toList();
    assertEquals(6, lines.size());
    assertTrue(lines.get(0).contains("\"key_base64\":\"Af8=\""), lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"key\":\"=1+1,\\\"x\\\"\",\"ttl_seconds\":null"));
    browser.awaitText(".exported", "6 keys exported.");
    lines = exported("CSV", "keys.csv").lines().toList();
    assertEquals("size_bytes,ttl_seconds,last_access_seconds,server,key,key_base64", lines.get(0));
    assertEquals(7, lines.size());
    // No formula in a spreadsheet.
    assertTrue(lines.get(2).endsWith(",\"'=1+1,\"\"x\"\"\","), lines.get(2));
    assertTrue(lines.get(1).endsWith("," + Base64.getEncoder().encodeToString(new byte[] {1, -1})));
  }

  @Test
  void whatIsSelectedIsExportedAlone() throws IOException {
    browser.openList("#/keys");
    browser.click("#row-3 input");
    awaitSelected("1 selected");
    List<String> lines = exported("CSV", "keys.csv").lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).endsWith(",d,"), lines.get(1));
  }

  @Test
  void anExportGoesThroughAllPagesAndSaysItsLimit() {
    browser.openList("#/keys");
    String script = """
        return Promise.all([import('./base/key-export.js'), import('./base/criteria.js')]).then(async ([{ exportList }, { Criteria }]) => {
          const how = { onProgress: () => {}, signal: new AbortController().signal, mostKeys: 2 };
          const { content, keys, matching } = await exportList(
              new Criteria(new URLSearchParams(arguments[1])), 'csv', { ...how, mostBytes: arguments[0] });
          return [keys, matching, (await content.text()).trim().split('\\r\\n').slice(1).map((line) => line.split(',')[4]).join('')].join(' ');
        })
        """;
    assertEquals("4 4 abcd", browser.run(script, 1_000_000, ""));
    assertEquals("2 4 ab", browser.run(script, 50, ""));
    // In this order the service has the first keys only, so they come by key.
    assertEquals("4 4 abcd", browser.run(script, 1_000_000, "sort=key&order=desc"));
  }
}
