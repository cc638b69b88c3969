package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.cli.TerminalText;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/** Lines of the log in both formats, whatever they hold. */
class LogFormatTest {
  private static final Logger LOG = LoggerFactory.getLogger(LogFormatTest.class);

  private final PrintStream err = System.err;

  static List<String> hostileTexts() {
    return HostileTextTest.hostileTexts();
  }

  @AfterEach
  void restore() {
    System.setErr(err);
    MDC.clear();
    LogConfigurator.setLevel(Level.INFO);
  }

  /** What is logged as text meanwhile. */
  private static String logged(Runnable work) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    work.run();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void logHostile(String text) {
    LOG.atWarn()
        .addKeyValue("field", text)
        .setCause(new IllegalStateException(text, new IOException(text)))
        .log("key {}", text);
  }

  @Test
  void jsonHasItsFields() {
    MDC.put(HttpApi.REQUEST_ID, "my-id");
    try (CapturedLog log = new CapturedLog()) {
      LOG.atWarn().addKeyValue("count", 3).addKeyValue("level", "forged").log("a {}", "b");
      JsonNode line = log.lines().get(0);
      assertEquals(
          List.of("time", "level", "logger", "message", "request_id", "count"),
          List.copyOf(line.propertyNames()));
      assertTrue(
          line.at("/time")
              .asString()
              .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
          log.text());
      assertEquals("warn", line.at("/level").asString());
      assertEquals(LogFormatTest.class.getName(), line.at("/logger").asString());
      assertEquals("a b", line.at("/message").asString());
      assertEquals("my-id", line.at("/request_id").asString());
      assertEquals(3, line.at("/count").asInt());
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void jsonIsOnePrintableLine(String text) {
    try (CapturedLog log = new CapturedLog()) {
      logHostile(text);
      assertTrue(log.text().chars().allMatch(each -> each == '\n' || each >= 32 && each < 127));
      assertEquals(1, log.lines().size());
      String message = log.lines().get(0).at("/message").asString();
      assertEquals("key " + text, message);
      assertTrue(log.lines().get(0).at("/exception").asString().contains("Caused by: "));
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void textIsPrintable(String text) {
    String printed = logged(() -> logHostile(text));
    assertTrue(printed.lines().findFirst().orElseThrow().contains(" WARN LogFormatTest - key "));
    assertFalse(printed.lines().anyMatch(line -> line.startsWith("forged")), printed);
    printed
        .replace("\t", "")
        .codePoints()
        .filter(each -> each != '\n' && !TerminalText.isPrintable(each))
        .findFirst()
        .ifPresent(found -> {
          throw new AssertionError("U+%04X in %s".formatted(found, printed));
        });
  }

  @Test
  void textHasFieldsAndTheRequest() {
    MDC.put(HttpApi.REQUEST_ID, "my-id");
    String printed =
        logged(() -> LOG.atInfo().addKeyValue("count", 3).log("done")).strip();
    assertTrue(
        printed.matches(
            "\\d{4}-\\S+(Z|[+-]\\d\\d:\\d\\d) INFO LogFormatTest - done count=3 request_id=my-id"),
        printed);
  }

  @Test
  void theLevelHoldsForTheService() {
    Logger library = LoggerFactory.getLogger("library");
    Logger access = LoggerFactory.getLogger("access");
    LogConfigurator.setLevel(Level.DEBUG);
    assertTrue(LOG.isDebugEnabled());
    assertFalse(library.isInfoEnabled());
    LogConfigurator.setLevel(Level.ERROR);
    assertFalse(LOG.isWarnEnabled());
    assertFalse(library.isWarnEnabled());
    assertTrue(access.isInfoEnabled());
    assertTrue(LOG.isErrorEnabled());
  }

  @Test
  void aLongStackTraceIsCut() {
    try (CapturedLog log = new CapturedLog()) {
      LOG.error("failed", new IllegalStateException("x".repeat(20_000)));
      assertTrue(log.text().length() < JsonLine.MAX_TEXT + 500, log.text());
      assertTrue(log.lines().get(0).at("/exception").asString().endsWith(" characters more)"));
    }
  }

  @Test
  void whatIsPrintedBesideTheLogIsJson() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream errors = JsonErrors.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    errors.println("cache: cannot start: \"x\"");
    errors.printf("two\nlines%n");
    new IllegalStateException("\u001b[31m").printStackTrace(errors);
    errors.println("y".repeat(20_000));
    List<JsonNode> lines = CapturedLog.parsed(bytes.toString(StandardCharsets.UTF_8));
    assertEquals("cache: cannot start: \"x\"", lines.get(0).at("/message").asString());
    assertEquals("error", lines.get(0).at("/level").asString());
    assertEquals("two\\x0alines", lines.get(1).at("/message").asString());
    assertEquals(
        "java.lang.IllegalStateException: \\x1b[31m",
        lines.get(2).at("/message").asString());
    assertEquals("y".repeat(8_192), lines.get(lines.size() - 3).at("/message").asString());
  }
}
