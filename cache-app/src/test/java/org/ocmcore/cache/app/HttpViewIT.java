package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** What the API says that a value is. */
class HttpViewIT extends HttpFixture {
  private static String gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return "{\"base64\": \"" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\"}";
  }

  @Test
  void aCompressedValueIsShownStepByStep() throws IOException {
    api.put("zipped", gzipped("{\"name\":\"Ada\"}"));
    Reply view = api.get("/key/zipped/view").expect(200);
    assertEquals("gzip", view.at("/steps/0/decoder").stringValue());
    assertEquals(14, view.at("/steps/0/bytes").intValue());
    assertEquals("json", view.text("format"));
    assertTrue(view.text("content").contains("\"name\": \"Ada\""), view.text("content"));
    assertEquals(view.json(), api.get("/key/?key_base64=emlwcGVk&decode=auto").json());
    assertEquals("hex", api.get("/key/zipped/view?decode=none").text("format"));
  }

  @Test
  void aWindowIsAPartOfTheText() {
    api.put("text", "\"0123456789\"");
    Reply view = api.get("/key/text/view?offset=3&limit=4").expect(200);
    assertEquals("3456", view.text("content"));
    assertEquals(10, view.number("length"));
    assertTrue(view.at("truncated").booleanValue());
  }

  @Test
  void whatDoesNotApplyIsExplained() {
    api.put("text", "\"plain\"");
    api.get("/key/text/view?decode=gzip").expectProblem(422, "not-decodable");
    Reply unknown = api.get("/key/text/view?decode=xyz").expectProblem(400, "invalid-parameter");
    assertTrue(unknown.text("detail").startsWith("decode is \"xyz\": there is no decoder \"xyz\""));
    api.get("/key/text/view?limit=0").expectProblem(400, "invalid-parameter");
    api.get("/key/none/view").expectProblem(404, "key-not-found");
  }
}
