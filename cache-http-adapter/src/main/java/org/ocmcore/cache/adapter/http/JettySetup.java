package org.ocmcore.cache.adapter.http;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.ocmcore.cache.domain.access.Authenticator;
import tools.jackson.databind.json.JsonMapper;

/** Sets up Javalin and the Jetty below it: timeouts, limits and guards. */
final class JettySetup {
  /** How long the last answers may take when the service stops, in milliseconds. */
  static final long STOP_MILLIS = 5_000;

  /** A client that neither sends nor reads for this long loses its thread. */
  private static final long IDLE_MILLIS = 10_000;

  /** The threads that accept connections and wait for bytes, and some to spare. */
  private static final int OTHER_THREADS = 50;

  private static final int LEAST_THREADS = 8;

  /** How long the head of a request may take to arrive. */
  static final Duration HEAD_TIME = Duration.ofSeconds(20);

  /** How long a connection without a request stays open when the service stops. */
  private static final long SHUTDOWN_IDLE_MILLIS = 100;

  private final HttpSettings settings;
  private final JsonMapper json;
  private final Authenticator authenticator;
  private final Optional<HttpMonitoring> monitoring;
  private final Clock clock;

  /** Arriving bodies have a budget of their own, so that slow senders do not block readers. */
  private final ByteBudget bodies;

  private final BodyLimits limits;

  /**
   * @param clock for the end of certificates
   * @param largestItem that can be stored, in bytes; empty if unknown
   */
  JettySetup(
      HttpSettings settings,
      JsonMapper json,
      Authenticator authenticator,
      Optional<HttpMonitoring> monitoring,
      Clock clock,
      Supplier<OptionalLong> largestItem) {
    this.settings = settings;
    this.json = json;
    this.authenticator = authenticator;
    this.monitoring = monitoring;
    this.clock = clock;
    this.bodies = ByteBudget.ofHeap(8, settings.limits().bodyBytes());
    this.limits = new BodyLimits(
        settings.apiPath(), largestItem, settings.limits().bodyBytes(), bodies.part());
  }

  void apply(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = threads();
    config.jetty.addConnector(this::connector);
    config.router.javaLangErrorHandler((response, error) -> {
      Problem problem = Problems.internal("a request", error);
      response.setStatus(problem.kind().status());
      response.setContentType(Problem.CONTENT_TYPE);
      try {
        response
            .getOutputStream()
            .write(json.writeValueAsBytes(
                ProblemAnswer.of(problem, "").ofRequest(RequestId.current())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    config.jetty.modifyHttpConfiguration(http -> {
      // Also not the end of a line without a carriage return, which others may read as a header.
      http.setHttpCompliance(HttpCompliance.STRICT);
      http.setRequestHeaderSize(settings.limits().headBytes());
      http.setSendServerVersion(false);
      http.setOutputBufferSize(AnswerStream.CLIENT_BUFFER);
      http.setOutputAggregationSize(AnswerStream.CLIENT_BUFFER);
      // Whatever a path holds, it is decoded here, strictly, and names no file.
      http.setUriCompliance(UriCompliance.UNSAFE);
    });
    config.jetty.modifyServletContextHandler(
        context -> context.setSessionHandler(new NoSessions()));
    config.jetty.modifyServer(server -> {
      ProblemPages pages = new ProblemPages(json);
      server.setErrorHandler(pages);
      // Without Javalin's statistics, which nobody reads and every request would pay for.
      server.setHandler((Handler) null);
      server.insertHandler(new BodyCollector(bodies, limits));
      server.insertHandler(new SlowReaders());
      server.insertHandler(new GracefulHandler());
      server.insertHandler(new Authentication(authenticator, pages, open(), clock));
      server.insertHandler(new RequestLimit(settings.limits(), pages));
      server.insertHandler(new RequestGuard(settings, pages));
      server.insertHandler(new RequestObserver(
          monitoring.map(HttpMonitoring::events),
          settings.accessLog(),
          settings.proxy().basePath()));
      server.setStopTimeout(STOP_MILLIS);
    });
  }

  /** The requests that need no token. */
  private OpenRequests open() {
    String basePath = settings.proxy().basePath();
    Set<String> paths = Stream.of(
            MonitoringRoutes.openPaths(monitoring, basePath),
            DocsRoutes.openPaths(basePath),
            ConsoleRoutes.openPaths(basePath))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
    return new OpenRequests(paths, basePath);
  }

  /** Each request that is admitted finds a thread, whatever the others wait for. */
  private QueuedThreadPool threads() {
    QueuedThreadPool threads =
        new QueuedThreadPool(settings.limits().requests() + OTHER_THREADS, LEAST_THREADS);
    // The thread that waits for bytes goes on to do so: to wake another one for that costs more.
    threads.setReservedThreads(0);
    threads.setName("http");
    return threads;
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ConnectionFactory[] protocols = settings
        .https()
        .map(https -> HttpsConnector.protocols(https, http))
        .orElseGet(() -> new ConnectionFactory[] {new TimedHttp1(http, HEAD_TIME)});
    ServerConnector connector = new ClientConnector(server, settings, protocols);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    return connector;
  }
}
