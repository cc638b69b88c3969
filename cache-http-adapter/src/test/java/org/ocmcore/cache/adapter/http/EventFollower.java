package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that reads events line by line, in chunks as HTTP sends them. For one thread. It reads
 * for two minutes at most: comments come even if nothing that a test waits for does.
 */
public final class EventFollower implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Duration LIFE = Duration.ofMinutes(2);

  private final Socket socket;
  private final BufferedReader in;
  private final long begin = System.nanoTime();
  private final String status;

  /** An event, with its data. */
  public record Event(String name, JsonNode data) {}

  /** Sends the request, and waits until the answer begins: from then on nothing is missed. */
  public EventFollower(int port, String path) throws IOException {
    this(port, path, Optional.empty());
  }

  /** The same with a token. */
  public EventFollower(int port, String path, Optional<String> token) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    String authorization =
        token.map(secret -> "Authorization: Bearer " + secret + "\r\n").orElse("");
    socket
        .getOutputStream()
        .write("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
            .formatted(ApiClient.absolute(path), authorization)
            .getBytes(StandardCharsets.US_ASCII));
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    status = readLine();
  }

  /** Whether events follow. */
  public boolean isAdmitted() {
    return status.equals("HTTP/1.1 200 OK");
  }

  /** The next line, or null at the end. */
  public String readLine() throws IOException {
    assertTrue(System.nanoTime() - begin < LIFE.toNanos(), () -> "still reading after " + LIFE);
    return in.readLine();
  }

  /** The headers in lower case. */
  public String headers() throws IOException {
    StringBuilder headers = new StringBuilder();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.append(line.toLowerCase()).append('\n');
    }
    return headers.toString();
  }

  /** The next event; sizes of chunks and comments are skipped. */
  public Event event() throws IOException {
    String line = readLine();
    while (!line.startsWith("event: ")) {
      line = readLine();
      assertNotNull(line, "it is cut off");
    }
    String data = readLine();
    return new Event(
        line.substring("event: ".length()), JSON.readTree(data.substring("data: ".length())));
  }

  /** The data of the next event, which has this name. */
  public JsonNode event(String name) throws IOException {
    Event event = event();
    assertEquals(name, event.name(), () -> event.data().toString());
    return event.data();
  }

  /** All that comes until the chunk of nothing, without which an answer was cut off. */
  public List<String> rest() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(); !"0".equals(line); line = readLine()) {
      assertNotNull(line, "it is cut off");
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
