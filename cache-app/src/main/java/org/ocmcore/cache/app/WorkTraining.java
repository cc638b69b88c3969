package org.ocmcore.cache.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.domain.key.Excerpt;

/**
 * Lets a service do its work on many keys, over HTTP and on a server of its own, so often that Java
 * knows what to compile. Java 25 and newer can keep that, which makes the first work after later
 * starts faster; {@code bin/cache} does so after a build. Uses nothing but this machine and one
 * folder.
 */
public final class WorkTraining {
  private static final String BULK = "pattern/manage/";
  private static final int KEYS = 100_000;
  private static final int ROUNDS = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI service;

  private WorkTraining(URI service) {
    this.service = service;
  }

  /**
   * Exits with {@link Exit#FAILED} if something does not work.
   *
   * @param arguments a folder for dumps
   */
  public static void main(String[] arguments) {
    AddressCache.keepBriefly();
    TrainingRuns.exitAfter(() -> {
      try (TrainingServer server = TrainingServer.start(KEYS)) {
        String address = new TrainingRuns(System.out)
            .serve(TrainingRuns.environment(server, Path.of(arguments[0])));
        WorkTraining training = new WorkTraining(URI.create(address));
        for (int i = 0; i < ROUNDS; i++) {
          training.work();
        }
      }
      return null;
    });
  }

  private void work() throws IOException, InterruptedException {
    send("GET", "keys/?limit=1000&fresh=true", "", "total_keys");
    send("POST", "", "", "entries");
    send("PUT", BULK, "{\"pattern\": \"user\", \"timeout\": 3600}", "refreshed_count");
    send("DELETE", BULK, "{\"pattern\": \"user\"}", "deleted_count");
    send("POST", "restore/", "", "restored");
  }

  /** @param count the field of the answer with the number of keys, which must be all */
  private void send(String method, String path, String json, String count)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/cache/" + path))
        .header("Content-Type", "application/json")
        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
        .build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    if (!answer.contains("\"%s\":%d,".formatted(count, KEYS))) {
      throw new IOException(
          "%s %s: %s".formatted(method, path, Excerpt.ofLogged(answer, Excerpt.NAME)));
    }
  }
}
