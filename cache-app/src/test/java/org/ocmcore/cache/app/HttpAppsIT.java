package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.ocmcore.cache.adapter.http.ApiClient;

/** Settings say which app a key belongs to. */
@OnEveryStore
class HttpAppsIT {
  @Parameter
  StoreKind store;

  private RunningService service;

  @AfterEach
  void stop() {
    service.close();
  }

  private ApiClient start(Map<String, String> settings, List<String> keys) {
    service = RunningService.start(store, "development", settings);
    service.client().delete("/").expect(200);
    keys.forEach(key -> service.client().put(key, "1"));
    return service.client();
  }

  private static Set<String> apps(ApiClient api) {
    return Set.copyOf(api.get("/apps/stats/").expect(200).at("apps_stats").propertyNames());
  }

  @Test
  void theFirstOfSeveralSeparatorsEndsTheName() {
    ApiClient api = start(
        Map.of("CACHE_APP_SEPARATORS", ":._|"),
        List.of("shop.cart:1", "shop:2", "shop_3", "shopping:1", "user|7", "plain"));
    assertEquals(Set.of("shop", "shopping", "user", "global"), apps(api));
    assertEquals(3, api.get("/apps/shop/stats/").expect(200).number("total_keys"));
    assertEquals(
        List.of("shop.cart:1", "shop:2"),
        api.get("/apps/shop/pattern/?pattern=%5B12%5D").expect(200).texts("matching_keys"));
    assertEquals(3, api.delete("/apps/shop/").expect(200).number("deleted_count"));
    assertEquals(List.of("plain", "shopping:1", "user|7"), api.get("/keys/").texts("keys"));
  }

  @Test
  void theFirstGroupOfAPatternIsTheName() {
    ApiClient api = start(
        Map.of("CACHE_APP_PATTERN", "^:\\d+:([^:]+):"),
        List.of(":1:users:7", ":2:users:8", ":1:carts:9", ":1:x", "users:1"));
    assertEquals(Set.of("users", "carts", "global"), apps(api));
    assertEquals(2, api.get("/apps/users/stats/").expect(200).number("total_keys"));
    assertEquals(2, api.delete("/apps/users/").expect(200).number("deleted_count"));
    assertEquals(List.of(":1:carts:9", ":1:x", "users:1"), api.get("/keys/").texts("keys"));
    api.delete("/apps/users/").expectProblem(404, "app-not-found");
  }
}
