package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service, started from its executable jar on a memcached. */
public final class ServiceProcess implements AutoCloseable {
  /** Ends with the line, as the output may come in pieces. */
  private static final Pattern READY = Pattern.compile("is ready: (http://\\S+) .*\n");

  private final ChildProcess process;
  private final String base;

  private ServiceProcess(ChildProcess process, String base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts it and waits until it has walked the memcached.
   *
   * @param jar the executable one
   * @param heapMib its maximal heap; it ends if it needs more
   * @param memcached {@code host:port}
   */
  public static ServiceProcess start(Path folder, Path jar, long heapMib, String memcached)
      throws IOException {
    Map<String, String> environment = Map.of(
        "MEMCACHED_SERVERS", memcached,
        "CACHE_HTTP_PORT", "0",
        // Production is read-only.
        "CACHE_ENVIRONMENT", "development",
        "CACHE_AUTO_DUMP_INTERVAL", "0",
        "CACHE_DUMP_FILE", folder.resolve("dump.json").toString());
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heapMib + "m",
        "-XX:+ExitOnOutOfMemoryError",
        "-jar",
        jar.toAbsolutePath().toString(),
        "serve");
    ChildProcess process = new ChildProcess(folder, command, environment);
    String[] base = new String[1];
    process.await(() -> {
      Matcher ready = READY.matcher(process.output());
      base[0] = ready.find() ? ready.group(1) : null;
      return base[0] != null;
    });
    ServiceProcess service = new ServiceProcess(process, base[0]);
    service.client().get("keys/?limit=1&fresh=true");
    return service;
  }

  /** A client of its API. */
  public ServiceClient client() {
    return new ServiceClient(base, process::exit);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
