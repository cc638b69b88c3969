package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.load.Shape;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.peer.Filler;
import org.ocmcore.cache.benchmarks.peer.MemcachedProcess;
import org.ocmcore.cache.benchmarks.peer.RedisClient;
import org.ocmcore.cache.benchmarks.peer.RedisProcess;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/**
 * A memcached that holds the items of a shape, a redis with the same, and the service when it is
 * asked for. For one thread.
 */
public final class Stage implements AutoCloseable {
  /** The number of keys for which the speeds to reach are told. */
  public static final long YARDSTICK = 1_000_000;

  /** No run of a stage takes longer. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private static final long MIB = 1 << 20;
  private static final long ROOM_MIB = 512;
  private static final long ROOM_BYTES_PER_KEY = 600;

  private final Shape shape;
  private final long count;
  private final Path jar;
  private final Map<String, String> settings;
  private final TemporaryFolder folder;
  private final MemcachedProcess memcached;
  private RedisProcess redis;
  private RedisClient redisClient;
  private ServiceProcess service;
  private long emptyHeap = -1;
  private long indexBytes = -1;

  private Stage(
      Shape shape, long count, Path jar, Map<String, String> settings, TemporaryFolder folder)
      throws IOException {
    this.shape = shape;
    this.count = count;
    this.jar = jar;
    this.settings = settings;
    this.folder = folder;
    this.memcached = MemcachedProcess.start(folder.inside("memcached"), shape, count);
  }

  /**
   * Starts and fills the servers.
   *
   * @param jar the service, executable
   * @param settings of the service, beside those it needs
   * @param withRedis whether redis is wanted, too
   */
  public static Stage open(
      Shape shape, long count, Path jar, Map<String, String> settings, boolean withRedis)
      throws IOException {
    Stage stage = new Stage(shape, count, jar, settings, new TemporaryFolder());
    try {
      stage.fill(withRedis);
      return stage;
    } catch (IOException e) {
      stage.close();
      throw e;
    }
  }

  private void fill(boolean withRedis) throws IOException {
    new Filler(shape).fill(memcached, count);
    if (withRedis) {
      redis = RedisProcess.start(folder.inside("redis"));
      new Filler(shape).fill(redis, count);
      redisClient = new RedisClient(redis.port());
    }
  }

  /** Another one, which the caller closes, with other items and without redis. */
  Stage other(Shape otherShape, long otherCount) throws IOException {
    return open(otherShape, otherCount, jar, settings, false);
  }

  /** A memcached with room for the same items and without them, which the caller closes. */
  MemcachedProcess startEmpty() throws IOException {
    return MemcachedProcess.start(folder.inside("empty"), shape, count);
  }

  /** A new folder for whatever is measured; it is gone when this is closed. */
  Path newFolder(String name) throws IOException {
    return folder.inside(name);
  }

  public Shape shape() {
    return shape;
  }

  /** How many items were stored. */
  public long count() {
    return count;
  }

  MemcachedProcess memcached() {
    return memcached;
  }

  /** Connected; empty if there is none. */
  Optional<RedisClient> redis() {
    return Optional.ofNullable(redisClient);
  }

  /** The fewest keys there can be by now: all, unless some have a short life. */
  long least() {
    return shape.outlasts(LONGEST) ? count : 0;
  }

  /** The service with memory to spare; the same one until it is closed. */
  ServiceProcess service() throws IOException {
    if (service == null) {
      service = start(ROOM_MIB + ROOM_BYTES_PER_KEY * count / MIB);
    }
    return service;
  }

  /** Ends the service, so that it walks no more. */
  void closeService() throws IOException {
    if (service != null) {
      service.close();
      service = null;
    }
  }

  /** Another service, which the caller closes; the other one is closed first. */
  ServiceProcess start(long heapMib) throws IOException {
    closeService();
    return ServiceProcess.start(folder.inside("service"), jar, heapMib, memcached, settings);
  }

  /** As above, on its embedded store, which is empty. */
  ServiceProcess startInMemory(long heapMib) throws IOException {
    closeService();
    return ServiceProcess.start(folder.inside("service"), jar, heapMib, settings);
  }

  /** What the service has in its heap when there are no keys, in bytes. */
  long emptyHeap() throws IOException {
    if (emptyHeap < 0) {
      try (MemcachedProcess nothing = MemcachedProcess.start(folder.inside("empty"), shape, 0);
          ServiceProcess idle =
              ServiceProcess.start(folder.inside("service"), jar, ROOM_MIB, nothing, settings)) {
        emptyHeap = idle.liveHeapBytes();
      }
    }
    return emptyHeap;
  }

  /** What it has more in its heap with the keys of this stage, at rest, in bytes. */
  long indexBytes() throws IOException {
    if (indexBytes < 0) {
      service().client().get("keys/?limit=1&fresh=true");
      indexBytes = service().liveHeapBytes() - emptyHeap();
    }
    return indexBytes;
  }

  /** The target where it is told for these very keys, and none elsewhere. */
  Target atYardstick(Target target) {
    return (shape == Shapes.UNIFORM || shape == Shapes.DUMPED) && count == YARDSTICK
        ? target
        : Target.NONE;
  }

  @Override
  public void close() throws IOException {
    closeService();
    if (redisClient != null) {
      redisClient.close();
    }
    if (redis != null) {
      redis.close();
    }
    memcached.close();
    folder.close();
  }
}
