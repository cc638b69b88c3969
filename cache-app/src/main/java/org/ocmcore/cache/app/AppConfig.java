package org.ocmcore.cache.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.adapter.http.HttpSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memory.MemoryCache;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;
import org.ocmcore.cache.domain.transfer.RateLimit;

/**
 * The configuration of the service.
 *
 * @param access who may do what
 * @param audit where calls and refusals are recorded
 * @param store where the cache is
 * @param tracking how often servers are walked
 * @param dumps where, how often and how many
 * @param apps which app a key belongs to
 * @param http where the API listens
 * @param https the files of its certificate; empty if it has none
 * @param metrics what monitoring systems get
 * @param log what is logged, beside requests
 * @param jitWarmUp whether to practise work on many keys after the start
 * @param effective the effective value of every setting that was read; secrets are masked
 */
public record AppConfig(
    AccessSettings access,
    AuditSettings audit,
    Store store,
    TrackingPolicy tracking,
    Dumps dumps,
    AppRule apps,
    HttpSettings http,
    Optional<HttpsFiles> https,
    MetricsSettings metrics,
    LogSettings log,
    boolean jitWarmUp,
    Map<Setting, SettingValue> effective) {
  /** Where the cache is. */
  public sealed interface Store {
    /** The name of the store in settings and answers. */
    default String backend() {
      return this instanceof Memory ? MEMORY : MEMCACHED;
    }
  }

  /**
   * In this process.
   *
   * @param maxEntries the most entries
   * @param maxBytes the most bytes of all entries
   */
  public record Memory(long maxEntries, long maxBytes) implements Store {}

  /**
   * On memcached servers.
   *
   * @param ringIsSet whether the ring is that of the configuration, and not the default
   */
  public record Memcached(MemcachedSettings settings, boolean ringIsSet) implements Store {}

  /**
   * The configuration of dumps.
   *
   * @param links what becomes of a file that is a symbolic link
   * @param text the file as it was set
   * @param lease whether automatic dumps need the lease in the cache
   * @param restoreOnStart whether to restore the newest dump at start
   */
  public record Dumps(
      Path file,
      SymbolicLinks links,
      String text,
      DumpPolicy policy,
      boolean lease,
      boolean restoreOnStart) {
    /**
     * The file to use, which is no symbolic link. Looks at the disk.
     *
     * @throws DumpFailed if it is a symbolic link that may not be followed
     */
    Path resolved() {
      return links.resolve(file, "set " + Setting.CACHE_DUMP_FOLLOW_SYMLINKS + "=true");
    }
  }

  private static final String MEMORY = "memory";
  private static final String MEMCACHED = "memcached";

  /**
   * Parses environment variables. Reads nothing else.
   *
   * @throws InvalidSettings if anything is wrong, with all problems
   */
  public static AppConfig from(Map<String, String> variables) {
    SettingReader reader = new SettingReader(variables);
    AccessSettings access = AccessSettings.parse(reader);
    AuditSettings audit = AuditSettings.parse(reader);
    Store store = store(reader);
    TrackingPolicy tracking = TrackingPolicy.every(Duration.ofSeconds(
        reader.number(Setting.CACHE_WALK_INTERVAL, 1, TrackingPolicy.MAX_INTERVAL.toSeconds())));
    Dumps dumps = dumps(reader);
    AppRule apps = AppRuleSettings.parse(reader);
    Optional<HttpsFiles> https = HttpsFiles.parse(reader);
    HttpSettings http = ApiSettings.parse(reader, https.map(HttpsFiles::context));
    MetricsSettings metrics = MetricsSettings.parse(reader);
    LogSettings log = LogSettings.parse(reader);
    boolean jitWarmUp = reader.flag(Setting.CACHE_JIT_WARM_UP);
    reader.addUnknownNames();
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
    return new AppConfig(
        access,
        audit,
        store,
        tracking,
        dumps,
        apps,
        http,
        https,
        metrics,
        log,
        jitWarmUp,
        reader.effective());
  }

  /** The values that nobody may see; throws {@link InvalidSettings} if that setting is wrong. */
  static HiddenValues hidden(Map<String, String> variables) {
    SettingReader reader = new SettingReader(variables);
    HiddenValues hidden = reader.read(Setting.CACHE_HIDE_VALUES, HiddenValues::of);
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
    return hidden;
  }

  /** The environment that the service runs in. */
  public Environment environment() {
    return access.management().environment();
  }

  /**
   * The store, which other processes must be able to use.
   *
   * @throws InvalidSettings if it is in this process
   */
  Memcached requireServers() {
    if (store instanceof Memcached memcached) {
      return memcached;
    }
    throw new InvalidSettings(List.of("the store is memory, and that of this process is empty:"
        + " set MEMCACHED_SERVERS (or MEMCACHED_HOST), or give --servers"));
  }

  private static Store store(SettingReader reader) {
    boolean named = reader.isSet(Setting.MEMCACHED_HOST) || reader.isSet(Setting.MEMCACHED_SERVERS);
    String backend =
        reader.read(Setting.CACHE_BACKEND, named ? MEMCACHED : MEMORY, AppConfig::backend);
    if (!named && !reader.isSet(Setting.CACHE_BACKEND)) {
      Stream.of(Setting.values())
          .filter(setting -> setting.name().startsWith("MEMCACHED_") && reader.isSet(setting))
          .forEach(setting -> reader.problem(setting
              + " is set, but no server is named: set MEMCACHED_SERVERS or MEMCACHED_HOST"));
    }
    return backend.equals(MEMCACHED)
        ? new Memcached(ServerSettings.parse(reader), reader.isSet(Setting.MEMCACHED_RING))
        : new Memory(
            reader.number(Setting.CACHE_MAX_SIZE, 1, Long.MAX_VALUE),
            reader.number(
                Setting.CACHE_MAX_BYTES,
                Long.toString(MemoryCache.defaultMaxBytes()),
                MemoryCache.LEAST_MAX_BYTES,
                Long.MAX_VALUE));
  }

  private static String backend(String name) {
    if (!name.equals(MEMORY) && !name.equals(MEMCACHED)) {
      throw new IllegalArgumentException("it must be memory or memcached");
    }
    return name;
  }

  private static Dumps dumps(SettingReader reader) {
    Duration interval = Duration.ofSeconds(
        reader.number(Setting.CACHE_AUTO_DUMP_INTERVAL, 0, DumpPolicy.MAX_INTERVAL.toSeconds()));
    long minChanges = reader.number(Setting.CACHE_AUTO_DUMP_CHANGES, 0, 1_000_000_000);
    Retention retention =
        new Retention((int) reader.number(Setting.CACHE_DUMP_KEEP, 0, 1_000), (int)
            reader.number(Setting.CACHE_DUMP_KEEP_DAYS, 0, 3_650));
    boolean partial = reader.flag(Setting.CACHE_DUMP_PARTIAL);
    RateLimit rateLimit = new RateLimit(
        reader.number(Setting.CACHE_DUMP_RATE, 0, 1_000_000_000),
        Duration.ofMillis(reader.number(Setting.CACHE_DUMP_MAX_LATENCY_MS, 0, 60_000)));
    Path file = reader.read(Setting.CACHE_DUMP_FILE, AppConfig::file);
    return new Dumps(
        file,
        SymbolicLinks.followedIf(reader.flag(Setting.CACHE_DUMP_FOLLOW_SYMLINKS)),
        file.toString(),
        new DumpPolicy(interval, minChanges, retention, partial, rateLimit),
        reader.flag(Setting.CACHE_DUMP_LEASE),
        reader.flag(Setting.CACHE_RESTORE_ON_START));
  }

  private static Path file(String text) {
    try {
      Path file = Path.of(text);
      if (text.endsWith("/") || file.getFileName() == null) {
        throw new IllegalArgumentException("it must name a file, not a folder");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
    }
  }
}
