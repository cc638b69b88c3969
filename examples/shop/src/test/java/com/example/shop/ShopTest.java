package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.jackson.JacksonCodec;
import org.ocmcore.cache.junit.CacheExtension;

final class ShopTest {
  @RegisterExtension
  static final CacheExtension CACHES =
      CacheExtension.create().building(builder -> builder.codec(JacksonCodec.create()));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aVisitPrintsWhatHappens(Cache cache) {
    new Shop(cache, new SampleProducts(new Product("tea-1", "Tea", 495)), out).visit();
    assertTrue(text().contains("price of the tea now: 450"), text());
    assertTrue(text().contains("request 3 is allowed"), text());
    assertTrue(text().contains("request 4 is too much"), text());
  }

  @Test
  void aMissingServerIsExplained() {
    assertEquals(2, Shop.run(new String[0], out, out));
    assertTrue(text().contains("got 0 arguments, but needs one: the memcached servers"), text());
    assertTrue(text().contains("usage: "), text());
  }

  @Test
  void aWrongServerIsExplained() {
    assertEquals(2, Shop.run(new String[] {"cache1:port"}, out, out));
    assertTrue(text().contains("\"cache1:port\""), text());
    assertTrue(text().contains("host:port"), text());
  }
}
