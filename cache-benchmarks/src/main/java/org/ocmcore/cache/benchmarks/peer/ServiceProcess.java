package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service, started from its executable jar, or what stands in its place. */
public final class ServiceProcess implements AutoCloseable {
  /** The first Java with archives of compiled work. */
  private static final int KEEPS_WORK = 25;

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
    ServiceProcess service = startJar(folder, jar, heapMib, Map.of("MEMCACHED_SERVERS", memcached));
    service.client().get("keys/?limit=1&fresh=true");
    return service;
  }

  /** Starts it on its embedded store. */
  public static ServiceProcess startEmbedded(Path folder, Path jar, long heapMib)
      throws IOException {
    return startJar(folder, jar, heapMib, Map.of());
  }

  /** Starts a service of Javalin that gives this answer to each request for a key. */
  public static ServiceProcess ofConstant(Path folder, long heapMib, String answer)
      throws IOException {
    String classes = System.getProperty("java.class.path");
    return startJava(
        folder,
        heapMib,
        List.of("-cp", classes, ConstantService.class.getName(), answer),
        Map.of());
  }

  private static ServiceProcess startJar(
      Path folder, Path jar, long heapMib, Map<String, String> store) throws IOException {
    Map<String, String> environment = new HashMap<>(store);
    environment.put("CACHE_HTTP_PORT", "0");
    // Production is read-only.
    environment.put("CACHE_ENVIRONMENT", "development");
    environment.put("CACHE_AUTO_DUMP_INTERVAL", "0");
    environment.put("CACHE_DUMP_FILE", folder.resolve("dump.json").toString());
    String program = jar.toAbsolutePath().toString();
    List<String> command = new ArrayList<>(archives(program.replaceFirst("\\.jar$", "")));
    command.addAll(List.of("-jar", program, "serve"));
    return startJava(folder, heapMib, command, environment);
  }

  /** As bin/cache does; Java starts without them if they are missing or made by another Java. */
  private static List<String> archives(String path) {
    String work = path + ".aot";
    return Runtime.version().feature() >= KEEPS_WORK && Files.exists(Path.of(work))
        ? List.of("-XX:AOTCache=" + work, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of(
            "-XX:SharedArchiveFile=" + path + ".jsa", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  private static ServiceProcess startJava(
      Path folder, long heapMib, List<String> program, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heapMib + "m",
        "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(program);
    ChildProcess process = new ChildProcess(folder, command, environment);
    String[] base = new String[1];
    process.await(() -> {
      Matcher ready = READY.matcher(process.output());
      base[0] = ready.find() ? ready.group(1) : null;
      return base[0] != null;
    });
    return new ServiceProcess(process, base[0]);
  }

  /** A client of its API. */
  public ServiceClient client() {
    return new ServiceClient(base, process::exit);
  }

  /** Sends the same GET over this number of connections; the caller closes it. */
  public RepeatedGet repeatedGet(String path, int connections) throws IOException {
    return new RepeatedGet(URI.create(base).resolve(path), connections);
  }

  /** The address of a page. @param path below the service */
  public String page(String path) {
    return URI.create(base).resolve("../../").resolve(path).toString();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
