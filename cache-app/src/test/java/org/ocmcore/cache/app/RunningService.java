package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.http.ApiClient;

/** A service that listens, on a free port and with a dump folder of its own. */
final class RunningService implements AutoCloseable {
  /** Settings with which a dump comes soon, and stays while a test looks at it. */
  static final Map<String, String> MANY_DUMPS =
      Map.of("CACHE_AUTO_DUMP_INTERVAL", "1", "CACHE_DUMP_KEEP", "1000");

  private static final Map<String, RunningService> SHARED = new ConcurrentHashMap<>();

  private final Service service;
  private final Path folder;
  private final ApiClient client;

  private RunningService(Service service, Path folder) {
    this.service = service;
    this.folder = folder;
    this.client = new ApiClient(service.port());
  }

  /** A service of one's own, which the caller closes. */
  static RunningService start(StoreKind store, String environment, Map<String, String> more) {
    return start(createFolder(), store, environment, more);
  }

  /** The same for callers with these tokens; see {@link TokensOnDisk#write}. */
  static RunningService withTokens(StoreKind store, String environment, String... tokens) {
    Path folder = createFolder();
    String file = TokensOnDisk.write(folder, tokens).toString();
    return start(folder, store, environment, Map.of("CACHE_TOKENS_FILE", file));
  }

  /** From now on there are these tokens, and no others. */
  void changeTokens(String... tokens) {
    TokensOnDisk.write(folder, tokens);
  }

  private static RunningService start(
      Path folder, StoreKind store, String environment, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(store.settings());
    settings.put("CACHE_ENVIRONMENT", environment);
    settings.put("CACHE_HTTP_PORT", "0");
    settings.put("CACHE_AUTO_DUMP_INTERVAL", "0");
    settings.put("CACHE_DUMP_FILE", folder.resolve("dumps/cache_dump.json").toString());
    settings.putAll(more);
    Service service = Service.create(AppConfig.from(settings));
    try {
      service.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RunningService(service, folder);
  }

  private static Path createFolder() {
    try {
      return Files.createTempDirectory("cache-app-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A service in the development environment that many tests share: as new, without keys and dumps.
   */
  static RunningService fresh(StoreKind store) {
    RunningService service = SHARED.computeIfAbsent(store + " development", name -> {
      RunningService started = start(store, "development", Map.of());
      started.awaitReady();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      return started;
    });
    service.client.delete("/").expect(200);
    service.client.send("PUT", "/auto-dump/", "{\"interval_seconds\": 300}").expect(200);
    service.removeDumps();
    return service;
  }

  void removeDumps() {
    deleteTree(folder.resolve("dumps"), false);
  }

  /** A service listens before its index has learned the keys. */
  void awaitReady() {
    Await.until(() -> Scraped.fetch(this, "/readyz").statusCode() == 200);
  }

  String url() {
    return "http://127.0.0.1:" + service.port();
  }

  ApiClient client() {
    return client;
  }

  Path dumpFile() {
    return folder.resolve("dumps/cache_dump.json");
  }

  @Override
  public void close() {
    service.close();
    deleteTree(folder, true);
  }

  private static void deleteTree(Path root, boolean andRoot) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (andRoot || !path.equals(root)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
