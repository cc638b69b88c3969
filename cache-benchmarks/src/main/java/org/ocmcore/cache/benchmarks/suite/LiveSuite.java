package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;
import org.ocmcore.cache.benchmarks.peer.WireClient;

/**
 * Work on all keys as people ask for it: over HTTP, of a service with a live index and feed, as the
 * first thing after its start and later. The reference is a client in C, on a memcached that nobody
 * else uses, and that has been filled and emptied in the same way: how fast memcached works depends
 * on where its items lie in memory.
 */
final class LiveSuite implements Suite {
  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    testbed.stopService();
    try (Testbed items = testbed.openAnother(ItemShape.MEDIUM, testbed.count());
        MemcachedServer quiet = items.startMemcached();
        BareClient stores = new BareClient(items.memcached().port(), items.shape());
        BareClient quietStores = new BareClient(quiet.port(), items.shape());
        Live live = new Live(items, stores, quiet.port(), quietStores, runner)) {
      live.measure();
    }
  }

  private static final class Live implements AutoCloseable {
    private static final String CHANGES = "pattern/manage/";
    private static final String WALK = "keys/?limit=1&fresh=true";
    private static final long REST_MILLIS = 4_000;

    /** Until a service has practised the work that it is to do first. */
    private static final long PRACTICE_MILLIS = 12_000;

    private final Testbed items;
    private final long count;
    private final BareClient stores;
    private final BenchmarkRunner runner;
    private final Optional<WireClient> wire;
    private final int quietPort;
    private final BareClient quietStores;

    /** Where all services of this suite have their dumps. */
    private final Path dumps;

    private ServiceProcess service;

    Live(
        Testbed items,
        BareClient stores,
        int quietPort,
        BareClient quietStores,
        BenchmarkRunner runner)
        throws Exception {
      this.items = items;
      this.count = items.count();
      this.stores = stores;
      this.runner = runner;
      this.wire = WireClient.build(items.newFolder("wire"), items.shape().keys(), count);
      this.quietPort = quietPort;
      this.quietStores = quietStores;
      this.dumps = items.newFolder("live");
      this.service = items.startService(dumps);
    }

    void measure() throws Exception {
      if (wire.isPresent()) {
        quietStores.storeSeconds(count);
      } else {
        runner.note("there is no C compiler, so live work is not compared");
      }
      run("live dump", 1.7, () -> {}, this::dump, client -> client.dumpSeconds(quietPort));
      run("live restore", 1.5, this::clear, this::restore, client -> {
        quietStores.flush();
        return client.storeShuffledSeconds(quietPort);
      });
      run("live refresh", 1.3, () -> {}, this::refresh, client -> client.touchSeconds(quietPort));
      run(
          "live walk",
          1.5,
          this::walkBefore,
          this::walk,
          client -> client.metadumpSeconds(quietPort));
      run("live delete", 1.5, this::fill, this::delete, client -> {
        quietStores.storeSeconds(count);
        return client.deleteSeconds(quietPort);
      });
    }

    private void run(
        String what, double target, Preparation preparation, Measurement work, Wire reference) {
      Comparison alone = Comparison.of(what, Unit.SECONDS, () -> {
            preparation.prepare();
            return work.measure();
          })
          .cold(() -> {
            restart();
            preparation.prepare();
            return work.measure();
          })
          .target(items.atTargetKeys(Target.ratioAtMost(target)));
      runner.run(wire.map(client -> alone.against("C", () -> reference.seconds(client)))
          .orElse(alone));
    }

    private ServiceClient service() {
      return service.client();
    }

    /** A new service finds what the old one left, and rests until it has practised. */
    private void restart() throws Exception {
      service.close();
      service = items.startService(dumps);
      Thread.sleep(PRACTICE_MILLIS);
    }

    private void clear() throws IOException {
      service().delete("", "");
    }

    private void fill() throws Exception {
      stores.storeSeconds(count);
      rest();
      service().get(WALK).require("total_keys", count);
    }

    /** Until the service has walked the server for changes that its feed missed, and has rested. */
    private static void rest() throws InterruptedException {
      Thread.sleep(REST_MILLIS);
    }

    private double dump() throws IOException {
      return service().post("", "").require("entries", count).seconds();
    }

    private double restore() throws IOException {
      return service().post("restore/", "").require("restored", count).seconds();
    }

    private double refresh() throws IOException {
      return service()
          .put(CHANGES, "{\"pattern\": \".\", \"timeout\": 86400}")
          .require("refreshed_count", count)
          .seconds();
    }

    /** Walks a moment before the walk that is measured; a new service has done so by itself. */
    private void walkBefore() throws Exception {
      rest();
      service().get(WALK);
    }

    private double walk() throws IOException {
      return service().get(WALK).require("total_keys", count).seconds();
    }

    private double delete() throws IOException {
      return service()
          .delete(CHANGES, "{\"pattern\": \".\"}")
          .require("deleted_count", count)
          .seconds();
    }

    @Override
    public void close() throws IOException {
      service.close();
    }
  }

  /** What must be done before each measurement and is not measured. */
  @FunctionalInterface
  private interface Preparation {
    void prepare() throws Exception;
  }

  /** The same work by the client in C. */
  @FunctionalInterface
  private interface Wire {
    double seconds(WireClient client) throws Exception;
  }
}
