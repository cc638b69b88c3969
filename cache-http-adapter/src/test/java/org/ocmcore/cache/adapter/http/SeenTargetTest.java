package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.key.AppScope;

class SeenTargetTest extends HttpApiFixture {
  private ApiClient.Reply send(String method, String path, String body, String target) {
    return client.sendWith("Cache-Target", target, method, path, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /key/a/ | {\"value\": 1}",
        "PUT | /key/a/ | {\"timeout\": 1}",
        "DELETE | /key/a/ | {}",
        "DELETE | / | {}",
        "POST | / | {}",
        "POST | /restore/ | {}",
        "DELETE | /pattern/manage/ | {\"pattern\": \"a\"}",
        "POST | /keys/delete/ | {\"keys\": [\"a\"]}",
        "POST | /auto-dump/ | {}",
        "DELETE | /dumps/a/ | {}",
        "DELETE | /jobs/a/ | {}",
        "POST | /dumps/a/diff/ | {}"
      })
  void aRequestForAnotherTargetIsRefused(String method, String path, String body) {
    send(method, path, body, "before").expectProblem(412, "other-target");
  }

  @Test
  void aChangeForThisTargetIsDone() {
    String target = client.get("/service/").text("target");
    send("POST", "/key/a/", "{\"value\": 1}", target).expect(201);
  }

  @Test
  void whoOnlyReadsMayHaveSeenAnother() {
    send("GET", "/keys/", null, "before").expect(200);
  }

  @Test
  void aTargetIsOneOfACallerWithCertainRights() {
    ServiceInfo service = new ServiceInfo("memory", "development", "dump", List.of());
    Caller operator = new Caller("ada", Role.OPERATOR, AppScope.ALL, "");
    String target = SeenTarget.of(service, operator);
    assertEquals(
        target,
        SeenTarget.of(service, new Caller("ada", Role.OPERATOR, AppScope.ALL, "elsewhere")));
    assertNotEquals(
        target, SeenTarget.of(service, new Caller("ada", Role.READER, AppScope.ALL, "")));
    assertNotEquals(
        target, SeenTarget.of(service, new Caller("bob", Role.OPERATOR, AppScope.ALL, "")));
  }
}
