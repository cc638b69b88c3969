package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hostile keys in files that the console saves. */
class ConsoleExportsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What spreadsheets take for a formula. */
  private static final Pattern FORMULA =
      Pattern.compile("[\t\r\n]|[\\s\u00a0\ufeff\\p{C}]*[=+\\-@\uff1d\uff0b\uff0d\uff20]");

  private static final List<String> FORMULAS = List.of(
      "=1+1",
      "=cmd|'/c'!A1",
      "=\"a\",b",
      "+1+1",
      "-2+3",
      "@SUM(1+1)*cmd",
      "\uff1d1+1",
      "\uff0b1+1",
      "\uff0d2+3",
      "\uff20SUM(1+1)",
      "quote\"d",
      "comma,ted",
      "semicolon;=1+1",
      "'=1");

  /** Begin with what a spreadsheet leaves out, or have lines or tabs. */
  private static final List<String> CONTROLS = List.of(
      "\t=1", "\r=1", "a\n=1", "tab\t=1", " =1+1", "\n=1+1", "\u00a0@SUM(1+1)", "\u0001\u200b-2+3");

  /** No text; in base64 this begins with a plus. */
  private static final byte[] PLUS = {(byte) 0xfb, (byte) 0xff, 0x01};

  @TempDir
  Path folder;

  private RunningService service;
  private ConsoleBrowser browser;

  @BeforeEach
  void startBrowser() {
    service = RunningService.fresh(StoreKind.MEMORY);
    ApiClient api = service.client();
    HostileKeys.store(api);
    Stream.concat(FORMULAS.stream(), CONTROLS.stream())
        .forEach(key -> HostileKeys.store(api, key.getBytes(StandardCharsets.UTF_8)));
    HostileKeys.store(api, PLUS);
    browser = ConsoleBrowser.start(service.url());
    browser.size(1600, 900);
    browser.saveInto(folder);
    browser.openList("#/keys");
    // The names that the page asks for: a browser mends what it is given.
    browser.run("""
        window.names = [];
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { if (this.download) { window.names.push(this.download); } click.call(this); };
        """);
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
    browser.close();
  }

  /** Every key that was stored, by its bytes in base64. */
  private static TreeSet<String> stored() {
    TreeSet<String> all = new TreeSet<>(List.of("Af/+PHNjcmlwdD4=", base64(PLUS)));
    Stream.of(HostileKeys.CORPUS, FORMULAS, CONTROLS)
        .flatMap(List::stream)
        .forEach(key -> all.add(base64(key.getBytes(StandardCharsets.UTF_8))));
    return all;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The file that this format of the menu saves. */
  private String exported(String format, String name) throws IOException {
    browser.click(".export summary");
    browser.clickButton(format);
    browser.awaitText(".exported", stored().size() + " keys exported.");
    Path file = folder.resolve(name);
    Await.until(() -> Files.exists(file));
    assertEquals(List.of(name), browser.run("return window.names"));
    assertEquals(List.of(name), names());
    return Files.readString(file);
  }

  /** What lies in the folder and below, without what is being saved. */
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.endsWith(".crdownload") && !name.startsWith(".org.chromium"))
          .sorted()
          .toList();
    }
  }

  @Test
  void ndjsonHasExactlyTheKeys() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    String file = exported("NDJSON", "keys.ndjson");
    // No text between the line breaks has one of its own.
    String[] lines = file.split("\n");
    for (String line : lines) {
      JsonNode row = JSON.readTree(line);
      found.add(
          row.has("key_base64")
              ? row.get("key_base64").stringValue()
              : base64(row.get("key").stringValue().getBytes(StandardCharsets.UTF_8)));
    }
    assertEquals(stored(), found);
    assertEquals(found.size(), lines.length);
  }

  @Test
  void noCellOfCsvIsAFormula() throws IOException {
    String file = exported("CSV", "keys.csv");
    // Other separators than a comma split none of them.
    for (String key : List.of("semicolon;=1+1", "tab\t=1")) {
      assertTrue(file.contains(",\"" + key + "\","), file);
    }
    List<List<String>> rows = rows(file);
    List<String> head = rows.remove(0);
    assertEquals(
        "size_bytes,ttl_seconds,last_access_seconds,server,key,key_base64", String.join(",", head));
    TreeSet<String> found = new TreeSet<>();
    for (List<String> row : rows) {
      assertEquals(head.size(), row.size(), row.toString());
      for (String cell : row) {
        assertFalse(FORMULA.matcher(cell).lookingAt(), cell);
      }
      String key = row.get(4);
      String bytes = plain(row.get(5));
      found.add(bytes.isEmpty() ? base64(plain(key).getBytes(StandardCharsets.UTF_8)) : bytes);
    }
    assertEquals(stored(), found);
    assertEquals(found.size(), rows.size());
  }

  /** A cell without the apostrophe that keeps it from being a formula. */
  private static String plain(String cell) {
    return cell.startsWith("'")
            && FORMULA.matcher(cell.substring(1)).lookingAt()
            && !FORMULAS.contains(cell)
        ? cell.substring(1)
        : cell;
  }

  /** The cells of a file as RFC 4180 has them. */
  private static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int at = 0; at < csv.length(); at++) {
      char next = csv.charAt(at);
      if (isQuoted && csv.startsWith("\"\"", at)) {
        cell.append('"');
        at++;
      } else if (next == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && next == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (!isQuoted && csv.startsWith("\r\n", at)) {
        row.add(cell.toString());
        cell.setLength(0);
        rows.add(row);
        row = new ArrayList<>();
        at++;
      } else {
        cell.append(next);
      }
    }
    assertEquals("", cell.toString(), "the file ends with a line break");
    return rows;
  }

  @Test
  void aSavedValueHasANameWithoutAPath() throws IOException {
    CONTROLS.forEach(key -> service
        .client()
        .delete(
            "/key/?key_base64=" + ApiClient.encoded(base64(key.getBytes(StandardCharsets.UTF_8))))
        .expect(200));
    browser.press("r");
    int all = stored().size() - CONTROLS.size();
    browser.awaitText(".summary b", all + " keys");
    for (int row = 0; row < all; row++) {
      browser.await("return document.querySelector('.grid') !== null");
      browser.run("document.querySelector('.grid').scrollTop = arguments[0]", row * 32);
      browser.await("return document.querySelector('#row-" + row + " a') !== null");
      browser.run("document.querySelector(arguments[0]).click()", "#row-" + row + " a");
      browser.awaitText(".facts", "Size");
      browser.clickButton("Download");
      browser.await("return window.names.length === " + (row + 1));
      browser.back();
    }
    for (Object name : (List<?>) browser.run("return window.names")) {
      String text = name.toString();
      assertTrue(text.endsWith(".bin"), text);
      assertFalse(text.startsWith("."), text);
      assertFalse(text.matches("(?s).*[/\\\\:\"<>|?*\\p{Cc}\\p{Cf}].*"), text);
    }
    Await.until(() -> {
      try {
        return names().size() == all;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    TreeSet<String> found = new TreeSet<>();
    for (String name : names()) {
      assertFalse(name.contains("/"), name);
      found.add(base64(Files.readAllBytes(folder.resolve(name))));
    }
    // Each has its key as its value, but for one.
    TreeSet<String> expected = stored();
    CONTROLS.forEach(key -> expected.remove(base64(key.getBytes(StandardCharsets.UTF_8))));
    expected.remove("Af/+PHNjcmlwdD4=");
    found.remove(base64("1".getBytes(StandardCharsets.UTF_8)));
    found.removeIf(value -> value.equals(base64("1 \t\n".getBytes(StandardCharsets.UTF_8))));
    assertEquals(expected, found);
  }
}
