package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.RedisClient;
import org.ocmcore.cache.benchmarks.peer.RedisServer;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/**
 * The servers that suites measure on: a memcached that holds the items of a shape, a redis with the
 * same items, and the service, which starts when a suite needs it. For one thread.
 */
public final class Testbed implements AutoCloseable {
  /** The number of keys that targets are stated for. */
  public static final long TARGET_KEYS = 1_000_000;

  private static final long MIB = 1 << 20;
  private static final long SERVICE_MIB = 512;
  private static final long SERVICE_BYTES_PER_KEY = 600;
  private static final int MEMCACHED_MIB = 128;
  private static final int MIN_HASH_POWER = 16;

  /** A chunk of a slab class is up to a quarter larger than its item. */
  private static final double SLAB_OVERHEAD = 1.4;

  private final ItemShape shape;
  private final long count;
  private final Path jar;
  private final TemporaryFolder folder;
  private final MemcachedServer memcached;
  private RedisServer redis;
  private ServiceProcess service;

  private Testbed(ItemShape shape, long count, Path jar) throws IOException {
    this.shape = shape;
    this.count = count;
    this.jar = jar;
    this.folder = new TemporaryFolder();
    this.memcached = startMemcached();
  }

  /**
   * Starts and fills the servers.
   *
   * @param jar the executable jar of the service
   * @param withRedis whether to start redis
   */
  public static Testbed open(ItemShape shape, long count, Path jar, boolean withRedis)
      throws IOException {
    Testbed testbed = new Testbed(shape, count, jar);
    try {
      testbed.fill(withRedis);
      return testbed;
    } catch (IOException e) {
      testbed.close();
      throw e;
    }
  }

  private void fill(boolean withRedis) throws IOException {
    try (BareClient client = new BareClient(memcached.port(), shape)) {
      client.storeSeconds(count);
    }
    if (memcached.stat("evictions") > 0) {
      throw new IOException("memcached evicts: it has too little memory for " + shape.name());
    }
    if (withRedis) {
      redis = RedisServer.start(folder.newFolder("redis"));
      redis.client().store(shape, count);
    }
  }

  /** An empty memcached with room for the items of this testbed; the caller closes it. */
  MemcachedServer startMemcached() {
    long mib = MEMCACHED_MIB + (long) (SLAB_OVERHEAD * count * shape.itemBytes() / MIB);
    // Without the binary protocol, the service watches stores; otherwise each change would begin
    // with a walk. Growth of the hash table would slow down whatever runs at that time.
    int power = Math.max(MIN_HASH_POWER, Long.SIZE - Long.numberOfLeadingZeros(count));
    MemcachedServer server =
        MemcachedServer.start("-m", "" + mib, "-o", "hashpower=" + power, "-B", "ascii");
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /** Another testbed with other items and without redis; the caller closes it. */
  Testbed openAnother(ItemShape otherShape, long otherCount) throws IOException {
    return open(otherShape, otherCount, jar, false);
  }

  /** A new folder, which is deleted when this testbed is closed. */
  Path newFolder(String name) throws IOException {
    return folder.newFolder(name);
  }

  ItemShape shape() {
    return shape;
  }

  /** The number of items. */
  long count() {
    return count;
  }

  MemcachedServer memcached() {
    return memcached;
  }

  /** Empty if redis was not started. */
  Optional<RedisClient> redis() {
    return Optional.ofNullable(redis).map(RedisServer::client);
  }

  /** The service on this testbed's memcached, with ample heap. It is started by the first call. */
  ServiceProcess service() throws IOException {
    if (service == null) {
      service = startService(folder.newFolder("service"));
    }
    return service;
  }

  /**
   * Another service on the same memcached, whose dumps are in this folder; the caller closes it.
   */
  ServiceProcess startService(Path dumps) throws IOException {
    long heapMib = SERVICE_MIB + SERVICE_BYTES_PER_KEY * count / MIB;
    return ServiceProcess.start(dumps, jar, heapMib, memcached.address());
  }

  /** The service on its embedded store; the caller closes it. */
  ServiceProcess startEmbedded(long heapMib) throws IOException {
    return ServiceProcess.startEmbedded(folder.newFolder("embedded"), jar, heapMib);
  }

  /** The command line as people start it: the script beside the jar. */
  Path program() {
    return jar.toAbsolutePath()
        .normalize()
        .getParent()
        .resolve("../../bin/cache")
        .normalize();
  }

  /** Stops the service, because its walks would disturb what is measured next. */
  void stopService() throws IOException {
    if (service != null) {
      service.close();
      service = null;
    }
  }

  /** The target if it is stated for this number of keys, and no target otherwise. */
  Target atTargetKeys(Target target) {
    return count == TARGET_KEYS ? target : Target.NONE;
  }

  @Override
  public void close() throws IOException {
    stopService();
    if (redis != null) {
      redis.close();
    }
    memcached.close();
    folder.close();
  }
}
