package com.example.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.client.api.KeyApi;
import com.example.client.api.KeysApi;
import com.example.client.api.ManyKeysApi;
import com.example.client.model.BulkPreview;
import com.example.client.model.DeleteMatchingRequest;
import com.example.client.model.KeysPage;
import com.example.client.model.StoreKeyRequest;
import org.junit.jupiter.api.Test;

/** Needs a service in development whose address is the system property {@code service}. */
class GeneratedClientTest {
  private final ApiClient client = new ApiClient();

  GeneratedClientTest() {
    client.updateBaseUri(System.getProperty("service"));
  }

  @Test
  void theClientListsFetchesAndPreviews() throws ApiException {
    KeyApi key = new KeyApi(client);
    key.storeKey("client:1", new StoreKeyRequest().value("Ada"), null, null);

    KeysPage page = new KeysApi(client)
        .listKeys(
            null, "client:", null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, 10, null);
    assertEquals(1, page.getCount());
    assertEquals("client:1", page.getKeys().get(0).getString());

    assertEquals("Ada", key.getKey("client:1", null, null).getKeyEntry().getValue());

    BulkPreview preview = new ManyKeysApi(client)
        .deleteMatching(
            null, null, null, new DeleteMatchingRequest().pattern("^client:").dryRun(true))
        .getBulkPreview();
    assertEquals(1, preview.getMatchedCount());
    assertEquals("Ada", key.getKey("client:1", null, null).getKeyEntry().getValue());
  }

  @Test
  void aProblemIsAnException() {
    ApiException problem =
        assertThrows(ApiException.class, () -> new KeyApi(client).getKey("no:key", null, null));
    assertEquals(404, problem.getCode());
  }
}
