package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class AuthorityTest {
  /** Java asks the name service about such a text, for as long as the service takes. */
  @Test
  void numbersBeyondAnAddressAreNotResolved() {
    for (String text : new String[] {"999.1.1.1", "1.2.3.256", "1.300.3.4:80"}) {
      String host = text.split(":")[0];
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Authority.parse(text));
      assertEquals("\"" + host + "\" is neither a name nor an address", refused.getMessage());
    }
  }

  @Test
  void everyAddressIsTaken() {
    for (String text : new String[] {"0.0.0.0", "10.99.100.199", "200.249.250.255"}) {
      assertEquals(text, Authority.parse(text + ":80").host());
    }
  }
}
