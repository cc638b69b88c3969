package org.ocmcore.cache.adapter.http;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.testing.Bench;

/** The API on the use cases of a bench, for each test anew. */
abstract class HttpApiFixture {
  final Bench bench = new Bench();
  final HttpApi api = new HttpApi(
      new HttpSettings("127.0.0.1", 0),
      new ServiceInfo("memory", "development", "data/dump", List.of()),
      Authenticator.ofAnybody(Environment.DEVELOPMENT),
      new CallerUseCases(Caller.SERVICE, bench.reader, bench.admin),
      bench.clock);

  /** There is one when the API listens. */
  ApiClient client;

  @BeforeEach
  void start() throws IOException {
    api.start();
    client = new ApiClient(api.port());
  }

  @AfterEach
  void stop() {
    api.close();
  }
}
