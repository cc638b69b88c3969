package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.json.JsonMapper;

class KeyOverHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Bench bench = new Bench();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpApi api = new HttpApi(
      new HttpSettings("127.0.0.1", 0),
      new ServiceInfo("memory", "development", "data/dump", Map.of()),
      bench.reader,
      bench.admin,
      bench.clock);

  @BeforeEach
  void start() throws IOException {
    api.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String detailOfProblem(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + HttpApi.BASE + path))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    assertEquals(400, response.statusCode());
    return JSON.readTree(response.body()).get("detail").stringValue();
  }

  @Test
  void aSpaceInThePathPointsToBase64() throws IOException, InterruptedException {
    assertEquals(
        "key \"a b\" contains the space U+0020; send it in base64:"
            + " key/?key_base64= takes any bytes",
        detailOfProblem("/key/a%20b/"));
  }

  @Test
  void tooLongKeyGetsNoBase64Hint() throws IOException, InterruptedException {
    assertEquals(
        "key \"%s…\" is 252 bytes long, at most 250 are allowed".formatted("k".repeat(60)),
        detailOfProblem("/key/" + "k".repeat(251) + "%20/"));
  }
}
