package org.ocmcore.cache.app;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of this process as JSON, while this is open. */
final class CapturedLog implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PAUSE_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedLog() {
    LogConfigurator.logJson(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** What was logged. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  List<JsonNode> lines() {
    return parsed(text());
  }

  /** Each line of the text, which must be an object of JSON. */
  static List<JsonNode> parsed(String text) {
    return text.lines()
        .map(line -> JSON.readTree(line).asObject())
        .<JsonNode>map(line -> line)
        .toList();
  }

  /** Waits for a line. */
  JsonNode await(Predicate<JsonNode> isWanted) {
    for (long begin = System.nanoTime(); System.nanoTime() - begin < PATIENCE_NANOS; ) {
      for (JsonNode line : lines()) {
        if (isWanted.test(line)) {
          return line;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("it was not logged: " + text());
  }

  /** Waits for the line of a request that has ended. */
  JsonNode awaitAccess(String id) {
    return await(line -> line.at("/logger").asString().equals("access")
        && line.at("/request_id").asString().equals(id));
  }

  @Override
  public void close() {
    new LogConfigurator().configure((LoggerContext) LoggerFactory.getILoggerFactory());
  }
}
