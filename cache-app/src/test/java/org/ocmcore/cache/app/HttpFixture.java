package org.ocmcore.cache.app;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.ocmcore.cache.adapter.http.ApiClient;

/** HTTP tests on a shared service that is empty before each test, once on every store. */
@OnEveryStore
abstract class HttpFixture {
  @Parameter
  StoreKind store;

  RunningService service;
  ApiClient api;

  @BeforeEach
  void start() {
    service = RunningService.fresh(store);
    api = service.client();
  }

  /** The keys that match. */
  List<String> matching(String pattern) {
    return api.get(ApiClient.pattern(pattern)).expect(200).texts("keys");
  }
}
