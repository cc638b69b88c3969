package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.testing.Bench;

class KeyOverHttpTest {
  private final Bench bench = new Bench();
  private final HttpApi api = new HttpApi(
      new HttpSettings("127.0.0.1", 0),
      new ServiceInfo("memory", "development", "data/dump", List.of()),
      Authenticator.ofAnybody(Environment.DEVELOPMENT),
      new CallerUseCases(Caller.SERVICE, bench.reader, bench.admin),
      bench.clock);

  @BeforeEach
  void start() throws IOException {
    api.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String detailOfProblem(String path) {
    return new ApiClient(api.port()).get(path).expect(400).text("detail");
  }

  @Test
  void aSpaceInThePathPointsToBase64() {
    assertEquals(
        "key \"a b\" contains the space U+0020; send it in base64:"
            + " key/?key_base64= takes any bytes",
        detailOfProblem("/key/a%20b/"));
  }

  @Test
  void tooLongKeyGetsNoBase64Hint() {
    assertEquals(
        "key \"%s…\" is 252 bytes long, at most 250 are allowed".formatted("k".repeat(60)),
        detailOfProblem("/key/" + "k".repeat(251) + "%20/"));
  }
}
