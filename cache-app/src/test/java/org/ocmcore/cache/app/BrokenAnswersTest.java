package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose answers lack something, end early or are too long. */
class BrokenAnswersTest {
  private static final int LONG = 1_000_000;

  @TempDir
  Path folder;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private HttpServer server;
  private int status = 200;
  private String answer = "";
  private String type = "application/json";
  /** How many bytes the head announces beyond the answer. */
  private int missing;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", exchange -> {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length + missing);
      exchange.getResponseBody().write(body);
      // Else the end of a broken answer comes before its head.
      exchange.getResponseBody().flush();
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String run(int expected, String line, Map<String, String> environment) {
    shown.reset();
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    int exit = new Main(stream, stream, environment).execute(List.of(line.split(" ")));
    assertEquals(expected, exit, shown());
    assertFalse(shown().contains("Exception"), shown());
    return shown();
  }

  private String run(int expected, String line) {
    return run(
        expected,
        line,
        Map.of("CACHE_URL", "http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "change|{}",
        "change|null",
        "change|{\"kind\":\"stored\",\"server\":\"s\",\"at\":\"t\"}",
        "change|{\"kind\":\"stored\",\"key\":\"k\",\"at\":\"t\"}",
        "change|{\"key\":\"k\",\"server\":\"s\",\"at\":\"t\"}",
        "change|{\"kind\":\"stored\",\"key\":\"k\",\"server\":\"s\",\"at\":null}",
        "skipped|{\"count\":1}",
        "servers|{\"servers\":[{\"reports\":[],\"reason\":\"r\"}]}",
        "servers|{\"servers\":[null]}",
        "servers|{\"servers\":[{\"address\":\"a\",\"reports\":[null],\"reason\":\"r\"}]}",
        "error|{}"
      })
  void anEventWithoutAFieldCannotBeRead(String name, String data) {
    answer = "event: %s\ndata: %s\n\n".formatted(name, data);
    for (String output : List.of("table", "json", "ndjson", "csv")) {
      run(1, "tail -o " + output);
      assertTrue(shown().contains("an event that cannot be read"), shown());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"i\",\"kind\":\"dump\",\"state\":\"done\",\"progress\":{}}",
        "{\"id\":\"i\",\"kind\":\"dump\",\"about\":\"\",\"started_by\":\"m\",\"state\":\"done\",\"created_at\":\"t\",\"progress\":{}}"
      })
  void aJobWithoutAFieldCannotBeRead(String job) {
    answer = job;
    run(1, "jobs show i");
    assertTrue(shown().contains("an answer that cannot be read"), shown());
    answer = "{\"jobs\":[%s]}".formatted(job);
    run(1, "jobs ls");
    assertTrue(shown().contains("an answer that cannot be read"), shown());
    answer = "data: " + job + "\n\n";
    run(1, "jobs follow i");
    assertTrue(shown().contains("an event that cannot be read"), shown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get k|{\"key\":\"k\",\"value\":\"v\",\"encoding\":\"text\"}",
        "get k|{\"key\":\"k\",\"encoding\":\"text\",\"server\":\"s\"}",
        "get k --decode auto|{\"key\":\"k\",\"server\":\"s\",\"steps\":[],\"notes\":[]}",
        "get k --decode auto|{\"key\":\"k\",\"server\":\"s\",\"format\":\"text\",\"steps\":[{}],\"notes\":[]}",
        "keys|{\"keys\":[null],\"total_keys\":1,\"as_of\":\"t\",\"complete\":true}",
        "tree|{\"prefix\":\"\",\"delimiter\":\":\",\"children\":[{\"prefix\":\"a:\"}],\"as_of\":\"t\"}",
        "stats|{\"total_keys\":1,\"environment\":\"e\",\"servers\":[{\"up\":true}]}",
        "stats|{\"total_keys\":1,\"servers\":[]}",
        "check|{\"servers\":[],\"ring\":{}}",
        "check|{\"servers\":[],\"ring\":{\"current\":\"k\",\"matches\":{\"k\":null},\"message\":\"m\"}}",
        "rm --all --dry-run|{\"servers\":{},\"sample\":[],\"as_of\":\"t\",\"plan\":\"p\"}",
        "rm --all --dry-run|{\"apps\":{},\"servers\":{},\"sample\":[],\"as_of\":\"t\"}"
      })
  void anAnswerWithoutAFieldCannotBeRead(String verb, String text) {
    answer = text;
    for (String output : List.of("table", "json", "csv")) {
      run(1, verb + " -o " + output);
      assertTrue(shown().contains("an answer that cannot be read"), verb + ": " + shown());
    }
  }

  @Test
  void whatAServiceSaysIsCut() {
    String text = "x".repeat(LONG);
    answer = "event: %s\ndata: {}\n\n".formatted(text);
    run(1, "tail");
    assertTrue(shown().contains("unknown event: " + "x".repeat(60) + "…"), "it is cut");
    assertShort();
    List<String> events = new ArrayList<>();
    events.add("event: error\ndata: {\"detail\":\"%s\"}\n\n");
    events.add("event: skipped\ndata: {\"reason\":\"%s\"}\n\n");
    events.add(
        "event: servers\ndata: {\"servers\":[{\"address\":\"a\",\"reports\":[],\"reason\":\"%s\"}]}\n\n");
    for (String event : events) {
      answer = event.formatted(text);
      run(1, "tail");
      assertShort();
    }
    status = 500;
    for (String problem : List.of(
        "{\"detail\":\"%s\"}",
        "{\"error\":\"%s\"}",
        "{\"detail\":\"d\",\"type\":\"%s\"}",
        "{\"matched_count\":1,\"left_count\":1,\"refused\":[{\"key\":\"k\",\"reason\":\"%1$s\"}],\"detail\":\"%1$s\"}")) {
      answer = problem.formatted(text);
      for (String verb : List.of("stats", "stats -o json", "rm k")) {
        run(1, verb);
        assertShort();
      }
    }
  }

  private void assertShort() {
    assertTrue(shown().length() < 10_000, shown().length() + " characters");
    assertTrue(shown().contains("cache: ") || shown().contains("{"), shown());
  }

  /** As the page of a proxy that wants a sign-in. */
  @Test
  void whatIsNoDumpIsNotKept() throws IOException {
    answer = "<html>";
    type = "text/html";
    for (String target : List.of(folder.resolve("copy").toString(), "-")) {
      run(1, "dumps get d -f " + target);
      assertTrue(shown().contains("gave no dump but text/html"), shown());
      assertFalse(shown().contains(answer), shown());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aDumpThatBreaksOffIsNotKept() throws IOException {
    answer = "half a dump";
    type = "application/x-ndjson";
    missing = 100;
    Path file = folder.resolve("copy");
    run(1, "dumps get d -f " + file);
    assertEquals(
        "cache: dumps get failed: the service ended the connection before the file was whole; "
            + "nothing was kept; try again\n",
        shown());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    run(1, "dumps get d -f -");
    assertTrue(
        shown().contains("before the file was whole; what was written is a part of it"), shown());
  }

  @Test
  void anAddressWithAQueryIsNotShown() {
    for (String part : List.of("?t=secret", "#secret", "?t=secret#secret")) {
      run(2, "stats", Map.of("CACHE_URL", "http://127.0.0.1:1/" + part));
      assertTrue(shown().contains("--url has a ? or a #"), shown());
      assertFalse(shown().contains("secret"), shown());
    }
  }
}
