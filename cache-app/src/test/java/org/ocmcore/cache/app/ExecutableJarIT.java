package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.domain.testing.Certificates;

/** The jar as it is shipped, run as its own process. */
class ExecutableJarIT {
  private static final int TERMINATED = 143;

  @TempDir
  private Path folder;

  private Process start(Map<String, String> settings, String... arguments) throws IOException {
    return start(List.of(), settings, arguments);
  }

  private Process start(List<String> options, Map<String, String> settings, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(options);
    builder.command().addAll(List.of("-jar", System.getProperty("cache.jar")));
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.environment().putAll(settings);
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @Test
  void itServesUntilItIsTerminated() throws Exception {
    Process process = start(Map.of("CACHE_HTTP_PORT", "0"), "serve");
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = out.readLine();
    assertTrue(
        ready.matches("Cache App \\S+ is ready: http://127\\.0\\.0\\.1:\\d+/api/cache/ "
            + "\\(store: memory, environment: production, read only\\)"),
        ready);
    URI stats = URI.create(ready.replaceAll(".*(http://\\S+).*", "$1") + "stats/");
    HttpResponse<String> answer = HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(stats).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertTrue(Files.isDirectory(folder.resolve("data")));

    // Process.destroy would close the streams as well.
    process.toHandle().destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(TERMINATED, process.exitValue());
    assertEquals(null, out.readLine());
    assertTrue(err().lines().allMatch(line -> line.matches("\\S+ INFO TrackingLog - .*")), err());
  }

  @Test
  void itServesHttp2OverTls() throws Exception {
    Path certificate = Certificates.issue("jar", "-ext", "san=ip:127.0.0.1");
    Process process = start(
        Map.of(
            "CACHE_HTTP_PORT", "0",
            "CACHE_TLS_CERT", certificate.toString(),
            "CACHE_TLS_KEY", Certificates.keyOf(certificate).toString()),
        "serve");
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      String ready = out.readLine();
      assertTrue(ready.contains(" is ready: https://127.0.0.1:"), ready);
      URI stats = URI.create(ready.replaceAll(".*(https://\\S+).*", "$1") + "stats/");
      HttpResponse<String> answer = HttpClient.newBuilder()
          .sslContext(Certificates.context(""))
          .build()
          .send(HttpRequest.newBuilder(stats).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
    } finally {
      process.toHandle().destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void itsLogIsPrintable() throws Exception {
    Process process =
        start(Map.of("CACHE_HTTP_PORT", "0", "CACHE_ENVIRONMENT", "development"), "serve");
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    ApiClient api =
        new ApiClient(Integer.parseInt(out.readLine().replaceAll(".*:(\\d+)/api.*", "$1")));
    api.put("a\u202eb", "1");
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"\u009bX\\n|\u2028\"}")
        .expect(200);
    process.toHandle().destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertTrue(err().contains("Key 'a\\x{202e}b' created"), err());
    assertTrue(err().contains("\\x{9b}X\\x0a|\\x{2028}"), err());
    assertTrue(err().lines().allMatch(line -> line.matches("\\S+ INFO \\S+ - .*")), err());
  }

  /** With another status than what the environment forbids. */
  @Test
  void aCommandWhoseMemoryIsGoneHasFailed() throws Exception {
    Path jar = Path.of(System.getProperty("cache.jar"));
    Process process = start(List.of("-Xmx8m"), Map.of(), "inspect", jar.toString());
    assertEquals(1, process.waitFor());
    assertTrue(err().startsWith("cache: memory is gone"), err());
  }

  @Test
  void aSecondServiceOnOneDumpFileIsRefused() throws Exception {
    Map<String, String> settings = Map.of("CACHE_HTTP_PORT", "0", "CACHE_DUMP_FILE", "d/x.json");
    Process first = start(settings, "serve");
    new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
    Process second = start(settings, "serve");
    assertTrue(second.waitFor(20, TimeUnit.SECONDS));
    assertEquals(1, second.exitValue());
    assertTrue(
        err()
            .matches("cache: cannot start: the dump file 'd/x.json' is in use by another service,"
                + " which holds '.*/d/\\.x\\.json\\.lock': set CACHE_DUMP_FILE to another file,"
                + " or stop that service\n"),
        err());
    Process dump =
        start(Map.of("CACHE_DUMP_FILE", "d/x.json", "MEMCACHED_SERVERS", "127.0.0.1:1"), "dump");
    assertTrue(dump.waitFor(20, TimeUnit.SECONDS));
    assertEquals(1, dump.exitValue());
    assertTrue(err().contains("'d/x.json' is in use by another service"), err());

    // A process that is killed leaves the file, but not the lock.
    first.toHandle().destroyForcibly();
    assertTrue(first.waitFor(20, TimeUnit.SECONDS));
    Process third = start(settings, "serve");
    String ready = new BufferedReader(
            new InputStreamReader(third.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
    assertTrue(ready != null && ready.contains("is ready"), ready);
    third.toHandle().destroy();
    assertTrue(third.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void itPrintsItsVersion() throws Exception {
    Process process = start(Map.of(), "--version");
    assertEquals(0, process.waitFor());
    assertTrue(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .matches("Cache App \\d+\\.\\d+\\.\\d+\\S*\\R"));
  }

  @Test
  void failedStartPrintsOneLine() throws Exception {
    Process process = start(Map.of("CACHE_HTTP_PORT", "eighty"), "serve");
    assertEquals(2, process.waitFor());
    assertEquals(
        "cache: cannot start: CACHE_HTTP_PORT is \"eighty\": it must be a whole number from 0 to 65535\n",
        err());
  }
}
