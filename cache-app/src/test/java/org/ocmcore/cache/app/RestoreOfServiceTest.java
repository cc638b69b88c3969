package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restores and dumps of a service that end in another way than they should. */
class RestoreOfServiceTest {
  private static final String JOB = """
      {"id":"i","kind":"restore","about":"d","started_by":"me","state":"%s","cancel_requested":false,"created_at":"t","started_at":null,"finished_at":null,"progress":{"done":0,"expected":null,"bytes":0,"per_second":0,"throttled_seconds":0,"eta_seconds":null},"result":%s,"error":%s}
      """.strip();
  private static final String ACCOUNT = """
      {"name":"d","created_at":"t","ttl":null,"dry_run":false,"restored":3,"skipped":{"exists":1},"failed":0,"left_count":5,"placement":"origin","moved":0,"refused":[],"duration_ms":10}
      """.strip();
  private static final String DOWN = """
      {"type":"urn:cache-app:problem:backend-unavailable","status":503,"detail":"a:1 is down"}
      """.strip();

  private final TypedCommand command = new TypedCommand();
  private HttpServer server;
  private String job = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        "/api/cache/service/",
        200,
        "{\"environment\":\"development\",\"caller\":\"me\",\"apps\":null,\"allowed\":[]}");
    answer("/api/cache/restore/", 202, JOB.formatted("running", "null", "null"));
    answer("/api/cache/", 202, JOB.formatted("running", "null", "null"));
    answer("/api/cache/jobs/i/events", 200, null);
    server.start();
    command.with("CACHE_URL", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** @param text the events of the job if it is null */
  private void answer(String path, int status, String text) {
    server.createContext(path, exchange -> {
      exchange.getRequestBody().readAllBytes();
      byte[] body =
          (text == null ? "data: " + job + "\n\n" : text).getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", text == null ? "text/event-stream" : "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
  }

  @Test
  void aRestoreThatStopsHasItsAccount() {
    job = JOB.formatted("failed", ACCOUNT, DOWN);
    assertEquals(1, command.execute("dumps", "restore", "d"));
    String table = command.out().replaceAll(" +", " ");
    assertTrue(table.contains("stored 3\nthere already 1\nrefused 0\nleft 5\n"), command.out());
    assertTrue(command.err().contains("a:1 is down"), command.err());
    assertEquals(1, command.execute("dumps", "restore", "d", "-o", "json"));
    assertTrue(
        command.out().contains("\"left_count\":5")
            && command.out().contains("\"failure\":\"a:1 is down\""),
        command.out());
  }

  @Test
  void aCancelledRestoreSaysWhatStays() {
    job = JOB.formatted(
        "cancelled", ACCOUNT, "{\"type\":\"urn:x:cancelled\",\"status\":409,\"detail\":\"c\"}");
    assertEquals(1, command.execute("dumps", "restore", "d"));
    assertTrue(
        command.err().contains("the restore was cancelled; 3 entries are stored and stay"),
        command.err());
    job = JOB.formatted(
        "cancelled", "null", "{\"type\":\"urn:x:cancelled\",\"status\":409,\"detail\":\"c\"}");
    assertEquals(1, command.execute("dumps", "restore", "d"));
    assertTrue(command.err().contains("0 entries are stored"), command.err());
    assertEquals(1, command.execute("dumps", "restore", "d", "--dry-run"));
    assertTrue(
        command.err().contains("the dry run was cancelled; nothing is stored"), command.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dumps make|null",
        "dumps make|{}",
        "dumps make|{\"message\":\"m\",\"dump_file\":\"f\",\"name\":\"d\"}",
        "dumps make|{\"message\":\"m\",\"dump_file\":\"f\",\"name\":\"d\",\"skipped\":{},\"servers\":[null]}",
        "dumps make|{\"message\":\"m\",\"dump_file\":\"f\",\"name\":\"d\",\"skipped\":{},\"servers\":[{}]}",
        "dumps restore d|null",
        "dumps restore d|{}",
        "dumps restore d|{\"left_count\":1}",
        "dumps restore d|{\"name\":\"d\",\"placement\":\"origin\",\"skipped\":{},\"refused\":[{}]}",
      })
  void aResultWithoutAFieldCannotBeRead(String verb, String result) {
    job = JOB.formatted("done", result, "null");
    for (String output : new String[] {"table", "json", "ndjson", "csv"}) {
      assertEquals(1, command.execute((verb + " -o " + output).split(" ")), command.out());
      assertTrue(
          command.err().contains("the service gave an answer that cannot be read"), command.err());
      assertFalse(command.err().contains("Exception"), command.err());
    }
  }
}
