package org.ocmcore.cache.adapter.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API below {@value #BASE}. Started once and stopped once; in between it answers on
 * threads of its own.
 */
public final class HttpApi implements AutoCloseable {
  /** The path that all others are below. */
  public static final String BASE = "/api/cache";

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  /** Room for a pattern of 1,000 characters, each percent-encoded. */
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  /** A client that neither sends nor reads for so long holds a thread no longer. */
  private static final long IDLE_MILLIS = 10_000;

  /** How long a connection on which nothing is under way is kept when the service stops. */
  private static final long SHUTDOWN_IDLE_MILLIS = 100;

  /** How long answers that are under way may take when the service stops. */
  private static final long STOP_MILLIS = 10_000;

  private final HttpSettings settings;
  private final CacheAdmin admin;
  private final JsonMapper json = Json.mapper();

  /** For bodies on their way, apart: who sends slowly keeps nobody from reading. */
  private final ByteBudget bodies = ByteBudget.ofHeap(16);

  /** For what is parsed and read: it becomes larger when it is written. */
  private final ByteBudget budget = ByteBudget.ofHeap(8);

  private final Semaphore longAnswers = new Semaphore(AnswerStream.MOST_LONG);
  private final EventStreams streams;
  private final Javalin javalin;

  /** @param clock tells what is left of lifetimes */
  public HttpApi(
      HttpSettings settings,
      ServiceInfo service,
      CacheReader reader,
      CacheAdmin admin,
      Clock clock) {
    this.settings = settings;
    this.admin = admin;
    ValueJson values = new ValueJson(json);
    JobAnswers jobs = new JobAnswers(service);
    this.streams = new EventStreams(jobs, json);
    Stream<Route<?>> routes = Stream.of(
            new ReadingRoutes(reader, service, values, clock).routes(),
            new FindingRoutes(reader, values, clock).routes(),
            new DumpRoutes(reader, jobs).routes(),
            new JobRoutes(reader, admin, jobs).routes(),
            new ManagementRoutes(admin, values, jobs).routes(),
            new BulkRoutes(reader, admin, values, jobs).routes())
        .flatMap(List::stream);
    this.javalin = Javalin.create(config -> {
      configure(config);
      routes.forEach(route -> add(route, config.routes));
      addEvents(reader, config.routes);
      addDownload(config.routes);
      failures(config.routes);
    });
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.addConnector(this::connector);
    config.router.javaLangErrorHandler((response, error) -> {
      Problem problem = Problems.internal("a request", error);
      response.setStatus(problem.kind().status());
      response.setContentType(Problem.CONTENT_TYPE);
      try {
        response.getOutputStream().write(json.writeValueAsBytes(ProblemAnswer.of(problem, "")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    config.jetty.modifyHttpConfiguration(http -> {
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
      http.setSendServerVersion(false);
      // Whatever a path holds, it is decoded here, strictly, and names no file.
      http.setUriCompliance(UriCompliance.UNSAFE);
    });
    config.jetty.modifyServer(server -> {
      ProblemPages pages = new ProblemPages(json);
      server.setErrorHandler(pages);
      server.insertHandler(new BodyCollector(bodies));
      server.insertHandler(new SlowReaders());
      server.insertHandler(new GracefulHandler());
      server.insertHandler(new RequestGuard(new KnownHosts(settings), pages));
      server.setStopTimeout(STOP_MILLIS);
    });
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    return connector;
  }

  private void add(Route<?> route, RoutesConfig routes) {
    String template = BASE + route.path();
    routes.addHttpHandler(route.method(), template, context -> answer(route, template, context));
    if (route.method() == HandlerType.GET) {
      routes.addHttpHandler(
          HandlerType.HEAD, template, context -> answer(route, template, context));
    }
  }

  private void addEvents(CacheReader reader, RoutesConfig routes) {
    String template = BASE + "/jobs/{id}/events";
    for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
      routes.addHttpHandler(method, template, context -> {
        RawRequest request = new RawRequest(template, context, JsonBody.EMPTY, budget.share());
        streams.follow(reader.job(request.job()), context);
      });
    }
  }

  private void addDownload(RoutesConfig routes) {
    String template = BASE + "/dumps/{name}/file";
    for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
      routes.addHttpHandler(method, template, context -> {
        admin.requireAllowed();
        String name = new RawRequest(template, context, JsonBody.EMPTY, budget.share()).dump();
        try (DumpBytes bytes = admin.dumpBytes(name);
            // Not Javalin's, which may compress it and so belie its length.
            AnswerStream out = new AnswerStream(longAnswers, context.res().getOutputStream())) {
          out.requireLong();
          Download.of(name, bytes).answer(context, out);
        }
      });
    }
  }

  private void answer(Route<?> route, String template, Context context) throws IOException {
    if (route.management()) {
      admin.requireAllowed();
    }
    try (ByteBudget.Share memory = budget.share()) {
      JsonBody body = JsonBody.read(context, json, memory);
      RawRequest request = new RawRequest(template, context, body, memory);
      if (route.management()) {
        UntakenNames.reject(request, route.fields());
      }
      HttpAnswer answer = route.answer(request);
      if (route.management()) {
        log(route, context, answer);
      }
      answer.headers().forEach(context::header);
      context.status(answer.status()).contentType("application/json");
      send(answer.body(), context);
    }
  }

  private void send(Record body, Context context) throws IOException {
    try (AnswerStream out = new AnswerStream(longAnswers, context.outputStream())) {
      write(body, out);
      out.finish();
    }
  }

  private static void log(Route<?> route, Context context, HttpAnswer answer) {
    if (answer.body() instanceof ChangeAnswer change) {
      LOG.info("{} {}: {}", route.method(), context.path(), change.message());
    }
  }

  private void write(Record body, OutputStream out) throws IOException {
    try {
      json.writeValue(out, body);
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException clientWentAway) {
        throw clientWentAway;
      }
      if (e.getCause() instanceof RequestRejected noPlace) {
        throw noPlace;
      }
      throw e;
    }
    // So that answers do not run together on a terminal.
    out.write('\n');
  }

  private void failures(RoutesConfig routes) {
    // Before anything else decodes the path, less strictly.
    routes.before(context -> requireDecodable(context.path()));
    routes.exception(RequestRejected.class, (e, context) -> write(e.problem(), context));
    routes.exception(CacheException.class, (e, context) -> write(Problems.of(e), context));
    routes.exception(EndpointNotFound.class, (e, context) -> write(noSuchPath(context), context));
    routes.exception(NotFoundResponse.class, (e, context) -> write(noSuchPath(context), context));
    routes.exception(MethodNotAllowedResponse.class, (e, context) -> {
      String allowed = String.join(", ", e.getDetails().values());
      context.header(Header.ALLOW, allowed);
      write(
          new Problem(
              Kind.METHOD_NOT_ALLOWED,
              "Method \"%s\" not allowed, only %s".formatted(context.method(), allowed)),
          context);
    });
    routes.exception(
        HttpResponseException.class,
        (e, context) -> write(new Problem(Kind.BAD_REQUEST, e.getMessage()), context));
    routes.exception(
        Exception.class,
        (e, context) ->
            write(Problems.internal(context.method() + " " + context.path(), e), context));
  }

  private static void requireDecodable(String path) {
    try {
      PercentCode.decode(path);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(Kind.BAD_REQUEST, "path: " + e.getMessage());
    }
  }

  private static Problem noSuchPath(Context context) {
    String hint =
        context.path().startsWith(BASE + "/key/") ? "; a slash within a key is written %2F" : "";
    return new Problem(
        Kind.NO_SUCH_PATH, "nothing answers at \"%s\"%s".formatted(context.path(), hint));
  }

  private void write(Problem problem, Context context) {
    context
        .status(problem.kind().status())
        .contentType(Problem.CONTENT_TYPE)
        .result(
            (json.writeValueAsString(ProblemAnswer.of(problem.shortened(), context.path())) + "\n")
                .getBytes(StandardCharsets.UTF_8));
    if (problem.passing()) {
      context.header(Header.RETRY_AFTER, "1");
    }
  }

  /**
   * Begins to listen, and returns when it does.
   *
   * @throws IOException if it cannot listen there; the message says where and why
   */
  public void start() throws IOException {
    // Javalin would log the failure beside throwing it.
    JavalinLogger.enabled = false;
    try {
      javalin.start();
    } catch (JavalinException e) {
      throw new IOException(
          "cannot listen on %s:%d: %s".formatted(settings.host(), settings.port(), reason(e)), e);
    } finally {
      JavalinLogger.enabled = true;
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof UnresolvedAddressException ? "no such host" : root.getMessage();
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Stops listening, ends what clients follow, and returns when the last answer is out, or after
   * ten seconds.
   */
  @Override
  public void close() {
    streams.close();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("answers that took over {} ms were cut off: {}", STOP_MILLIS, reason(e));
    }
  }
}
