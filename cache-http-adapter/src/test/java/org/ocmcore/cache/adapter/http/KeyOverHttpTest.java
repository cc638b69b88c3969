package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyOverHttpTest extends HttpApiFixture {
  private String detailOfProblem(String path) {
    return client.get(path).expect(400).text("detail");
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
