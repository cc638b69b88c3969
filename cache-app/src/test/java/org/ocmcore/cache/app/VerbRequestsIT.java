package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a verb asks a service, the OpenAPI document describes. A proxy between them looks. */
class VerbRequestsIT {
  @TempDir
  private Path folder;

  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final Set<String> faults = new ConcurrentSkipListSet<>();
  private RunningService service;
  private ApiDocument document;
  private PassingProxy proxy;

  @BeforeEach
  void start() throws IOException {
    service = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    document = service.client().document();
    proxy = new PassingProxy();
    proxy.pass("/", service.url(), this::look);
  }

  @AfterEach
  void stop() {
    proxy.close();
    service.close();
  }

  private void look(HttpExchange exchange, byte[] body) {
    URI uri = exchange.getRequestURI();
    String method = exchange.getRequestMethod();
    asked.add(method + " " + document.template(method, uri.getRawPath()).orElse("?"));
    try {
      JsonNode json = JsonMapper.shared().readTree(body.length == 0 ? "{}".getBytes() : body);
      document.checkRequest(method, uri.getRawPath(), ApiDocument.query(uri.getRawQuery()), json);
    } catch (AssertionError e) {
      faults.add(e.getMessage());
    }
  }

  private void execute(String line) {
    TypedCommand command = new TypedCommand().with("CACHE_URL", proxy.url());
    assertEquals(0, command.execute(line.split(" ")), () -> line + ": " + command.err());
  }

  @Test
  void everyRequestOfEveryVerbIsDescribed() {
    execute("set user:1 v --ttl 10m");
    execute("set user:2 v --add --flags 16");
    execute("set user:2 w --replace");
    ApiClient api = service.client();
    String dump = api.send("POST", "/", "{}").expect(200).text("name");
    String job = api.get("/jobs/").expect(200).text("/jobs/0/id");
    for (String line : List.of(
        "get user:1",
        "get user:1 --meta",
        "get user:1 --decode auto",
        "keys",
        "keys --sort size --limit 1",
        "keys ^user: --prefix user: --app user --min-size 1 --max-size 1000000",
        "keys --ttl-below 1d --ttl-above 1s --idle-below 1d --never-fetched",
        "tree user: --sort name",
        "stats",
        "check",
        "analyze",
        "touch user:1 --ttl 1h",
        "touch --prefix user: --ttl 1h --jitter 0.1 --yes --max-keys 9",
        "rm user:1",
        "rm --min-size 1 --max-size 1m --ttl-below 1d --idle-below 1d --dry-run",
        "rm --no-ttl --never-fetched --dry-run",
        "rm --prefix user: --yes --max-keys 9 --rate 100",
        "dumps ls",
        "diff " + dump + " --limit 5",
        "dumps get " + dump + " -f " + folder.resolve("copy"),
        "dumps make",
        "dumps restore " + dump
            + " --dry-run --prefix user: --min-size 1 --ttl 1h --placement ring",
        "dumps restore " + dump + " --mode replace --ttl never --cold-only --salvage",
        "jobs ls",
        "jobs show " + job,
        "jobs follow " + job,
        "jobs cancel " + job,
        "tail --for 1s --kind stored",
        "dumps rm " + dump + " --yes",
        "flush --yes --max-keys 10")) {
      execute(line);
    }
    assertEquals(Set.of(), faults);
    Set<String> operations = new TreeSet<>(asked);
    assertTrue(operations.size() >= 20, () -> operations.toString());
  }
}
