package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.EventFollower;
import tools.jackson.databind.JsonNode;

/** Event streams end when their caller may not open them any more; nothing is answered twice. */
class HttpRevokedTokenIT {
  @TempDir
  Path folder;

  private RunningService start(Path tokens) {
    return RunningService.start(
        StoreKind.MEMORY, "development", Map.of("CACHE_TOKENS_FILE", tokens.toString()));
  }

  private static void awaitChange(EventFollower follower, String key) throws IOException {
    String line = follower.readLine();
    while (!assertInstanceOf(String.class, line, "it has ended").contains("\"" + key + "\"")) {
      line = follower.readLine();
    }
  }

  /** At once, so that nobody reads half of the file. */
  private void replace(Path tokens, String... changed) throws IOException {
    Path next = TokensOnDisk.write(Files.createDirectory(folder.resolve("next")), changed);
    Files.move(next, tokens, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aRemovedTokenGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator");
  }

  @Test
  void aTokenWithOtherAppsGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator", "eve viewer apps=other");
  }

  @Test
  void aTokenWithAnotherRoleGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator", "eve reader");
  }

  /** The first answer was for other rights. */
  @Test
  void anIdempotencyKeyIsForTheSameRights() throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve operator");
    try (RunningService service = start(tokens)) {
      service.client().with("root").put("bank:1", "1");
      ApiClient eve = service.client().with("eve");
      String trial = "{\"prefix\": \"bank\", \"dry_run\": true}";
      assertEquals(1, again(eve, trial).expect(200).number("matched_count"));
      String before = identity(eve);
      replace(tokens, "root operator", "eve operator apps=shop");
      Await.until(() -> !identity(eve).equals(before));
      again(eve, trial).expectProblem(422, "other-request");
    }
  }

  private static ApiClient.Reply again(ApiClient caller, String body) {
    return caller.sendWith("Idempotency-Key", "1", "DELETE", "/pattern/manage/", body);
  }

  private static String identity(ApiClient client) {
    JsonNode service = client.get("/service/").json();
    return service.path("caller") + " " + service.path("role") + " " + service.path("apps");
  }

  /** @param changed the tokens after the stream was opened */
  private void assertStreamEnds(String... changed) throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve viewer");
    try (RunningService service = start(tokens);
        EventFollower revoked = service.client().with("eve").follow("/changes/events");
        EventFollower other = service.client().with("root").follow("/changes/events")) {
      ApiClient root = service.client().with("root");
      root.put("seen:1", "1");
      awaitChange(revoked, "seen:1");
      awaitChange(other, "seen:1");
      ApiClient eve = service.client().with("eve");
      String before = identity(eve);
      replace(tokens, changed);
      Await.until(() -> !identity(eve).equals(before));
      root.put("hidden:1", "1");
      // Others go on.
      awaitChange(other, "hidden:1");
      List<String> rest = revoked.rest();
      assertFalse(rest.toString().contains("hidden"), rest::toString);
      assertEquals("", revoked.readLine());
    }
  }
}
