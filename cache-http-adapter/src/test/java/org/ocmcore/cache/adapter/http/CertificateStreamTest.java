package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobState;
import org.ocmcore.cache.domain.job.Task;
import org.ocmcore.cache.domain.testing.Certificates;

/** Events for a client that has a certificate. */
final class CertificateStreamTest extends JobsFixture {
  static {
    Certificates.issue("stream-server", "-ext", "san=ip:127.0.0.1");
    Certificates.issue("stream-client");
  }

  @Override
  HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        Set.of(),
        ProxySettings.NONE,
        Optional.of(new HttpsContext(Certificates.context("stream-server"), true)));
  }

  @Test
  void eventsEndWithTheCertificate() throws Exception {
    Task<Void> held = progress -> {
      hold();
      return null;
    };
    threads.execute(() -> jobs.run(JobKind.of("work"), held));
    await(reached);
    HttpResponse<Stream<String>> answer = follow(jobs.recent().get(0).id());
    assertEquals(200, answer.statusCode());
    Iterator<String> lines = answer.body().iterator();
    assertEquals("event: progress", lines.next());
    bench.clock.advance(Duration.ofDays(100 * 365));
    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    assertEquals(JobState.RUNNING, jobs.recent().get(0).snapshot().state(), rest::toString);
  }

  private HttpResponse<Stream<String>> follow(String job) throws Exception {
    URI address = URI.create("https://127.0.0.1:%d%s"
        .formatted(api.port(), ApiClient.absolute("/jobs/" + job + "/events")));
    HttpClient client = HttpClient.newBuilder()
        .sslContext(Certificates.context("stream-client"))
        .build();
    Duration patience = Duration.ofSeconds(PATIENCE);
    return client.send(
        HttpRequest.newBuilder(address).timeout(patience).build(), BodyHandlers.ofLines());
  }
}
