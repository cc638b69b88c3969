package com.example.shop;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.jackson.JacksonCodec;

/** A visit to a small shop that caches on memcached. */
public final class Shop {
  private static final String USAGE = "usage: java -jar target/shop.jar host:port[,host:port...]";

  private final Cache cache;
  private final SampleProducts table;
  private final PrintStream out;

  Shop(Cache cache, SampleProducts table, PrintStream out) {
    this.cache = cache;
    this.table = table;
    this.out = out;
  }

  /** Visits the shop; the argument names the memcached servers. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** Returns 0, 1 if a server cannot be reached, or 2 if the arguments are wrong. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length != 1) {
      err.println(
          "shop: got " + arguments.length + " arguments, but needs one: the memcached servers");
      err.println(USAGE);
      return 2;
    }
    MemcachedSettings settings;
    try {
      settings = MemcachedSettings.parse(arguments[0]);
    } catch (IllegalArgumentException e) {
      err.println("shop: " + e.getMessage());
      err.println(USAGE);
      return 2;
    }
    try (Cache cache = Cache.builder(MemcachedStore.open(settings))
        .codec(JacksonCodec.create())
        .build()) {
      new Shop(cache, products(), out).visit();
      return 0;
    } catch (StoreUnavailable e) {
      err.println("shop: " + e.getMessage());
      return 1;
    }
  }

  private static SampleProducts products() {
    return new SampleProducts(
        new Product("tea-1", "Green tea", 495),
        new Product("cup-1", "Cup", 1250),
        new Product("pot-1", "Teapot", 3900));
  }

  void visit() {
    Catalogue catalogue = new Catalogue(cache, table);
    for (Product product : catalogue.cheapest()) {
      out.printf("%-10s %6d cents%n", product.name(), product.cents());
    }

    List.of("tea-1", "tea-1", "tea-1").forEach(catalogue::find);
    out.println("queries for a list and three reads of a product: " + table.queries());
    catalogue.changePrice("tea-1", 450);
    out.println("price of the tea now: " + catalogue.find("tea-1").orElseThrow().cents());

    Sessions sessions = new Sessions(cache);
    String session = sessions.start("ada");
    Carts carts = new Carts(cache);
    carts.add(session, "tea-1");
    carts.add(session, "cup-1");
    out.println(
        sessions.user(session).orElseThrow() + " has " + carts.of(session).quantities());

    CallLimit limit = new CallLimit(cache, 3, Duration.ofMinutes(1));
    for (int request = 1; request <= 4; request++) {
      out.println("request " + request + (limit.allows(session) ? " is allowed" : " is too much"));
    }

    carts.remove(session);
    sessions.end(session);
    out.println("session after its end: " + sessions.user(session).orElse("none"));
    out.println(cache.stats());
  }
}
