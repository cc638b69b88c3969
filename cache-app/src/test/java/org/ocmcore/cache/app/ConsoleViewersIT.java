package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Values as programs of every kind store them, decoded in a browser. */
class ConsoleViewersIT {
  private static final String PHP =
      "613a313a7b733a343a226e616d65223b733a32383a223c696d67207372633d78206f6e6572726f723d616c6572742831293e223b7d";
  private static final String MSGPACK = "81a161d6ff00000001";

  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @AfterEach
  void nothingWasReported() {
    assertFalse(browser.has("main script, main img, main iframe, main base, main svg[onload]"));
    browser.assertQuiet();
  }

  private static void store(byte[] value) {
    api.delete("/").expect(200);
    api.send(
            "POST",
            "/key/value/",
            "{\"value\": {\"base64\": \"%s\"}, \"flags\": 0}"
                .formatted(Base64.getEncoder().encodeToString(value)))
        .expect(201);
  }

  private static void show(byte[] value, String parameters) {
    store(value);
    browser.open("#/key?key=value" + parameters);
    browser.awaitText(".facts", "Size");
    browser.clickButton("Show value");
  }

  private static void show(String json) {
    show(json.getBytes(StandardCharsets.UTF_8), "");
    browser.await("return document.querySelector('.chain-steps') !== null");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static void awaitFormat(String format) {
    browser.await("return document.querySelector('.chain-steps li:last-child')?.innerText === '"
        + format + "'");
  }

  @Test
  void aReadIsAmongTheFactsAtOnce() {
    store(new byte[] {'1'});
    browser.open("#/key?key=value");
    browser.awaitText(".facts", "Fetched\nnot since it was stored");
    browser.clickButton("Show value");
    browser.awaitText(".facts", "Fetched\nyes");
    store(new byte[] {'2'});
    browser.open("#/key?key=value");
    browser.awaitText(".facts", "Fetched\nnot since it was stored");
    browser.clickButton("Edit…");
    browser.awaitText(".facts", "Fetched\nyes");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      81a161d6ff00000001                                             | msgpack  | "a": timestamp 1970-01-01T00:00:01Z
      613a313a7b733a343a226e616d65223b733a333a22416461223b7d         | php      | "name" => "Ada"
      0000000214021101610e0006010701                                 | igbinary | 1 => -1
      80049511000000000000007d948c046e616d65948c0341646194732e       | pickle   | SHORT_BINUNICODE "Ada"
      63706f7369780a73797374656d0a2856746f75636820780a74522e         | pickle   | GLOBAL "posix" "system"
      aced0005740003416461                                           | java     | "Ada"
      04085b073a06613b00                                             | ruby     | :"a"
      31373030303030303030                                           | integer  | 1700000000
      00ff410102                                                     | hex      | 00 ff 41 01 02
      68c3a96c6c6f                                                   | text     | h\u00e9llo
      """)
  void aFormatIsFoundByItself(String digits, String format, String text) {
    show(hex(digits), "");
    browser.awaitText(".value", text);
    awaitFormat(format);
    assertTrue(browser.has(".value." + format), "its class is its format");
    assertEquals("#/key?key=value", browser.fragment());
    browser.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      1f8b0800000000000203ab562a484cce4e4d51b2524aafca2c50aa05000eb0d45111000000   | gzip   | json  | "packed": "gzip"
      789cab562a484cce4e4d51b252aacac94c52aa050034f705d4                           | zlib   | json  | "packed": "zlib"
      28b52ffd0458b900007b227a737464223a223c623e736d616c6c3c2f623e227d9f54626d     | zstd   | json  | "zstd": "<b>small</b>"
      04224d186440a70c0000807b226c7a34223a226f6b227d00000000ba3b8920               | lz4    | json  | "lz4": "ok"
      """)
  void whatIsPackedIsUnpackedAndSaidSo(String digits, String decoder, String format, String text) {
    show(hex(digits), "");
    browser.awaitText(".value", text);
    awaitFormat(format);
    String first = browser.text(".chain-steps li");
    assertTrue(first.startsWith(decoder + " begins with "), first);
    // And by name, with what is within as it is.
    show(hex(digits), "&decode=" + decoder + "%2Ctext");
    browser.awaitText(".value", text.replace(": ", ":"));
    awaitFormat("text");
    browser.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      msgpack  | 01                   | 1
      php      | 693a373b             | 7
      igbinary | 000000020607         | 7
      pickle   | 4e2e                 | NONE
      java     | aced000574000161     | "a"
      ruby     | 0408690c             | 7
      integer  | 3432                 | 42
      time     | 31373030303030303030 | 2023-11-14T22:13:20Z
      json     | 5b315d               | 1
      hex      | 3432                 | 34 32
      text     | 3432                 | 42
      """)
  void everyViewCanBeChosen(String view, String digits, String text) {
    show(hex(digits), "");
    browser.await("return document.querySelector('.chain-steps') !== null");
    browser.click("main option[value=" + view + "]");
    awaitFormat(view);
    browser.awaitText(".value", text);
    assertEquals("#/key?key=value&decode=" + view, browser.fragment());
    // The address alone leads to the same view.
    browser.open(browser.fragment());
    browser.clickButton("Show value");
    awaitFormat(view);
    assertEquals(view, browser.element("main select").getAttribute("value"));
  }

  @ParameterizedTest
  @CsvSource({
    "msgpack",
    "php",
    "igbinary",
    "pickle",
    "java",
    "ruby",
    "integer",
    "time",
    "json",
    "gzip"
  })
  void aViewThatDoesNotFitSaysWhyAndWhatWasShownStays(String view) {
    show("plain words");
    if (view.equals("gzip")) {
      browser.click("main option[value=chain]");
      browser.type(".chain input", view + Keys.ENTER);
    } else {
      browser.click("main option[value=" + view + "]");
    }
    browser.awaitText(".notice", view + ": ");
    assertEquals("plain words", browser.text(".value"));
    browser.click("main option[value=auto]");
    browser.await("return document.querySelector('.notice') === null");
    assertEquals("plain words", browser.text(".value"));
  }

  @Test
  void htmlInEveryFormatIsText() {
    String attack = "<img src=x onerror=alert(1)>";
    show(hex(PHP), "");
    browser.awaitText(".value", "\"name\" => \"" + attack + "\"");
    browser.click("main option[value=text]");
    browser.awaitText(".value", attack);
    browser.click("main option[value=hex]");
    browser.awaitText(".value", "|a:1:{s:4:\"name\";|");
    // A reason of a refusal has parts of the value.
    browser.click("main option[value=json]");
    browser.awaitText(".notice", "json: ");
    show(hex("63" + HexFormat.of().formatHex((attack + "\nb\n.").getBytes())), "&decode=pickle");
    browser.awaitText(".value", "GLOBAL \"" + attack + "\" \"b\"");
    show(hex("bc" + HexFormat.of().formatHex(attack.getBytes())), "&decode=msgpack");
    browser.awaitText(".value", attack);
  }

  @Test
  void aTreeOfHostileNamesIsText() {
    show("{\"<script>alert(1)</script>\": [\"</bdi></div><img src=x onerror=alert(1)>\"],"
        + " \"__proto__\": {\"constructor\": \"${alert(1)}\"},"
        + " \"a\u202etxt.exe\": \"left\u2066\u200b\"}");
    browser.awaitText(".json-tree", "\"<script>alert(1)</script>\": [");
    String tree = browser.text(".json-tree");
    for (String part : new String[] {
      "\"</bdi></div><img src=x onerror=alert(1)>\"",
      "\"__proto__\": {",
      "\"constructor\": \"${alert(1)}\"",
      "\"aU+202Etxt.exe\": \"leftU+2066U+200B\""
    }) {
      assertTrue(tree.contains(part), part + " in " + tree);
    }
    assertFalse(tree.contains("\u202e"), "nothing turns the line around");
    assertEquals(3, browser.number("document.querySelectorAll('.json-tree .unseen').length"));
    browser.clickButton("Text");
    browser.awaitText("pre", "\"aU+202Etxt.exe\": \"leftU+2066U+200B\"");
    browser.clickButton("Tree");
    // A part that is folded is in the page no more.
    browser.click(".json-tree summary");
    browser.await("return !document.querySelector('.json-tree').innerText.includes('__proto__')");
  }

  @Test
  void theNameOfAMemberStandsOut() {
    show("{\"a: \\\"b\\\": c\": [\"d\\\": e\", \"f: g\"], \"h\": \"i\"}");
    browser.awaitText(".json-tree", "\"i\"");
    assertEquals(
        "\"a: \\\"b\\\": c\"|\"h\"",
        browser.run(
            "return [...document.querySelectorAll('.json-tree .member-name')].map(name => name.innerText).join('|')"));
    assertTrue(browser.text(".json-tree").contains("\"h\": \"i\""), "no blank is lost");
  }

  @Test
  void deepNestingIsDrawnAsLines() {
    show("[".repeat(90) + "\"<b>core</b>\"" + "]".repeat(90));
    browser.awaitText(".json-tree", "\"<b>core</b>\"");
    assertEquals(60, browser.number("document.querySelectorAll('.json-tree details').length"));
    assertEquals(
        60 + 30 + 1 + 30, browser.number("document.querySelectorAll('.json-tree .leaf').length"));
    show("[".repeat(100_000));
    awaitFormat("text");
    browser.awaitText("main", "nested in more than 100 levels");
    assertFalse(browser.has(".json-tree"));
  }

  @Test
  void aWideTreeIsFoldedAtFirst() {
    show("[[" + "1,".repeat(300) + "1]]");
    browser.awaitText(".json-tree", "301 ]");
    assertEquals(1, browser.number("document.querySelectorAll('.json-tree details[open]').length"));
    browser.click(".json-tree details details summary");
    browser.await("return document.querySelectorAll('.json-tree .leaf').length > 300");
  }
}
