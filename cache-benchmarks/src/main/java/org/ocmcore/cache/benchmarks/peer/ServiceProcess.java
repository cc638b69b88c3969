package org.ocmcore.cache.benchmarks.peer;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The service itself, as its jar is started, or what is put in its place. */
public final class ServiceProcess implements AutoCloseable {
  /** All of the line, which does not come in one piece. */
  private static final Pattern READY = Pattern.compile("is ready: (http://\\S+) .*\n");

  private final ChildProcess process;
  private final URI base;
  private JMXConnector connector;
  private MemoryMXBean memory;

  private ServiceProcess(ChildProcess process, URI base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param jar the executable one
   * @param heapMib the most heap that it may take; it ends if it needs more
   * @param settings of the service, beside those that say which memcached, and no dumps by itself
   */
  public static ServiceProcess start(
      Path folder, Path jar, long heapMib, MemcachedProcess memcached, Map<String, String> settings)
      throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("MEMCACHED_SERVERS", memcached.address());
    ServiceProcess service = start(folder, jar, heapMib, environment);
    service.client().get("keys/?limit=1&fresh=true");
    return service;
  }

  /** Starts it on its embedded store; as above. */
  public static ServiceProcess start(
      Path folder, Path jar, long heapMib, Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("CACHE_HTTP_PORT", "0");
    // Only there may dumps be asked for; nothing else differs.
    environment.put("CACHE_ENVIRONMENT", "development");
    environment.put("CACHE_AUTO_DUMP_INTERVAL", "0");
    environment.put("CACHE_DUMP_FILE", folder.resolve("dump.json").toString());
    environment.putAll(settings);
    return await(ChildProcess.ofJava(
        folder,
        List.of(
            "-Xmx" + heapMib + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-jar",
            jar.toAbsolutePath().toString(),
            "serve"),
        environment));
  }

  /** A handler of Javalin that does nothing but give this answer to whatever is asked for. */
  public static ServiceProcess ofConstant(Path folder, long heapMib, String answer)
      throws IOException {
    return await(ChildProcess.ofJava(
        folder,
        List.of(
            "-Xmx" + heapMib + "m",
            "-cp",
            System.getProperty("java.class.path"),
            ConstantApi.class.getName(),
            answer),
        Map.of()));
  }

  private static ServiceProcess await(ChildProcess process) throws IOException {
    try {
      process.await(() -> READY.matcher(process.output()).find());
      Matcher ready = READY.matcher(process.output());
      if (!ready.find()) {
        throw new IOException("the service took back that it is ready");
      }
      return new ServiceProcess(process, URI.create(ready.group(1)));
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  /** A client of its API. */
  public ServiceClient client() {
    return new ServiceClient(base.toString(), process::end);
  }

  /** Clients that ask for the same again and again, which the caller closes. */
  public HttpLoad load(String path, int connections) throws IOException {
    return new HttpLoad(base.resolve(path), connections);
  }

  /** Bytes of heap that are in use after everything that is not needed has been thrown away. */
  public long liveHeapBytes() throws IOException {
    MemoryMXBean bean = memory();
    bean.gc();
    return bean.getHeapMemoryUsage().getUsed();
  }

  private MemoryMXBean memory() throws IOException {
    if (memory == null) {
      connector = JMXConnectorFactory.connect(new JMXServiceURL(agent()));
      memory = ManagementFactory.newPlatformMXBeanProxy(
          connector.getMBeanServerConnection(),
          ManagementFactory.MEMORY_MXBEAN_NAME,
          MemoryMXBean.class);
    }
    return memory;
  }

  private String agent() throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach("" + process.pid());
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the heap of the service cannot be looked into", e);
    }
  }

  /** The most memory that the process has ever had, in bytes. */
  public long peakResidentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IOException("this system does not tell how much memory it has"));
  }

  @Override
  public void close() throws IOException {
    try {
      if (connector != null) {
        connector.close();
      }
    } catch (IOException e) {
      // It may be gone already.
    } finally {
      process.close();
    }
  }
}
