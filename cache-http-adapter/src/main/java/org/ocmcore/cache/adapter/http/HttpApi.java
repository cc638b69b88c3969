package org.ocmcore.cache.adapter.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API below {@value #BASE}, and the base path in front of that. Start it once and stop it
 * once; in between it answers on threads of its own.
 */
public final class HttpApi implements AutoCloseable {
  /** The path that those of the API are below, behind the base path. */
  public static final String BASE = "/api/cache";

  /** The field of log lines that is the id of the request for which a thread works. */
  public static final String REQUEST_ID = "request_id";

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  private final HttpSettings settings;
  private final CallerUseCases cases;
  private final JsonMapper json = Json.mapper();
  private final AnswerWriter writer = new AnswerWriter(json);
  private final HiddenVersions versions = new HiddenVersions();

  /** For parsed bodies and for values, which become larger as JSON. */
  private final ByteBudget budget = ByteBudget.ofHeap(8);

  private final EventStreams streams;
  /** Every method and path that is answered, but for HEAD. */
  private final List<OpenApi.Endpoint> endpoints = new ArrayList<>();

  /** For each path of a change: the fields that only changes at other paths take. */
  private final Map<String, Set<String>> misplaced;

  private final ServiceInfo service;
  private final RepeatedChanges changes = new RepeatedChanges();
  private final Javalin javalin;

  /**
   * @param cases those of the service; they serve each caller as what the caller is
   * @param clock for the rest of lifetimes
   */
  public HttpApi(
      HttpSettings settings,
      ServiceInfo service,
      Authenticator authenticator,
      CallerUseCases cases,
      Clock clock) {
    this(settings, service, authenticator, cases, Optional.empty(), clock);
  }

  /** With what monitoring systems ask for; without it, nothing answers them. */
  public HttpApi(
      HttpSettings settings,
      ServiceInfo service,
      Authenticator authenticator,
      CallerUseCases cases,
      Optional<HttpMonitoring> monitoring,
      Clock clock) {
    this.settings = settings;
    this.cases = cases;
    this.service = service;
    ValueJson values =
        new ValueJson(json, cases.reader()::hidesValueOf, settings.limits().valueBytes());
    JobAnswers jobs = new JobAnswers(service, settings.apiPath());
    this.streams = new EventStreams(settings.limits().eventStreams());
    IndexRoutes index =
        new IndexRoutes(service, settings.proxy().basePath(), settings.limits().bodyBytes());
    Optional<MonitoringRoutes> observed =
        monitoring.map(given -> new MonitoringRoutes(given, clock));
    List<Route<?>> routes = Stream.<List<Route<?>>>of(
            new ReadingRoutes(service, values, new ValueViews(ByteBudget.ofHeap(3)), clock)
                .routes(),
            index.routes(),
            new FindingRoutes(values, clock).routes(),
            new DumpRoutes(jobs).routes(),
            new JobRoutes(jobs).routes(),
            new ManagementRoutes(values, jobs).routes(),
            new BulkRoutes(values, jobs).routes(),
            observed.map(MonitoringRoutes::apiRoutes).orElse(List.of()))
        .<Route<?>>flatMap(List::stream)
        .toList();
    this.misplaced = UntakenNames.misplaced(routes);
    this.javalin = Javalin.create(config -> {
      new JettySetup(settings, json, authenticator, monitoring, clock, cases.reader()::largestItem)
          .apply(config);
      routes.forEach(route -> add(route, settings.apiPath(), config.routes));
      addOuter(List.of(index.root()), config.routes);
      addEvents(
          "/jobs/{id}/events",
          JobDescriptions::events,
          request -> events(request, jobs),
          config.routes);
      addEvents("/changes/events", ChangeDescriptions::follow, this::events, config.routes);
      addDownload(config.routes);
      observed.ifPresent(given -> addOuter(given.routes(), config.routes));
      addOuter(
          new DocsRoutes(settings.proxy().basePath(), this::document, json).routes(),
          config.routes);
      addOuter(new ConsoleRoutes(settings.proxy().basePath()).routes(), config.routes);
      new FailureHandlers(writer, settings.apiPath()).addTo(config.routes);
    });
  }

  private void add(Route<?> route, String base, RoutesConfig routes) {
    String template = base + route.path();
    Handler handler = context -> answer(route, template, context);
    if (route.method() == HandlerType.GET) {
      addReading(template, route.description(), handler, routes);
    } else {
      add(new OpenApi.Endpoint(route.method(), template, route.description()), handler, routes);
    }
  }

  private void addOuter(List<OuterRoute> outer, RoutesConfig routes) {
    outer.forEach(route -> addReading(
        settings.proxy().basePath() + route.path(),
        route.description(),
        context -> writer.write(route.answerer().answer(context), context),
        routes));
  }

  private void addReading(
      String template, Supplier<Description> description, Handler handler, RoutesConfig routes) {
    add(new OpenApi.Endpoint(HandlerType.GET, template, description), handler, routes);
    add(HandlerType.HEAD, template, handler, routes);
  }

  private void add(OpenApi.Endpoint endpoint, Handler handler, RoutesConfig routes) {
    endpoints.add(endpoint);
    add(endpoint.method(), endpoint.path(), handler, routes);
  }

  /** The OpenAPI document of what this answers. */
  Map<String, Object> document() {
    return OpenApi.document(settings.proxy().basePath(), endpoints);
  }

  private static void add(
      HandlerType method, String template, Handler handler, RoutesConfig routes) {
    routes.addHttpHandler(method, template, context -> {
      RequestObserver.noteRoute(context.req(), template);
      handler.handle(context);
    });
  }

  private void answer(Route<?> route, String template, Context context) throws IOException {
    try (ByteBudget.Share memory = budget.share(ClientAddress.of(context.req()))) {
      Authentication.requireValid(context.req());
      CallerUseCases caller = cases(context, memory);
      route
          .permission()
          .ifPresent(permission -> permission.require(caller.admin(), words(context)));
      if (route.method() != HandlerType.GET) {
        SeenTarget.require(service, caller.caller(), context);
      }
      JsonBody body = JsonBody.parse(context, json, memory);
      RawRequest request = request(template, context, body, memory, route.management(), caller);
      if (route.management()) {
        UntakenNames.reject(request, route.fields(), misplaced.get(route.path()));
      }
      HttpAnswer answer = route.management()
          ? changes.answer(context, caller.caller(), () -> route.answer(request))
          : route.answer(request);
      if (!route.management()) {
        // Rights may have changed while a read waited. A change reports its outcome nevertheless.
        Authentication.requireValid(context.req());
      }
      assert route.undescribed(request, answer).isEmpty() : route.undescribed(request, answer);
      if (!route.management()) {
        Optional<String> hint = request.hint().or(() -> UntakenNames.hint(request));
        answer = hint.isPresent() ? answer.with(() -> hint) : answer;
      }
      if (route.management() && answer.body() instanceof ChangeAnswer change) {
        LOG.info(
            "{} {} by {}: {}",
            route.method(),
            context.path(),
            caller.caller().name(),
            change.message());
      }
      writer.write(isLimited(caller) ? answer.tagged(versions::hide) : answer, context);
    }
  }

  private CallerUseCases cases(Context context, ByteBudget.Share memory) {
    return cases.as(
        Authentication.caller(context.req()),
        new HttpRequester(ClientPresence.of(context.req()), memory));
  }

  /** @param parser says what is followed; runs before the answer begins */
  private void addEvents(
      String path,
      Supplier<Description> description,
      Function<RawRequest, Supplier<EventSource>> parser,
      RoutesConfig routes) {
    String template = settings.apiPath() + path;
    addReading(
        template,
        description,
        context -> streams.follow(parser.apply(withoutBody(template, context)), context),
        routes);
  }

  private Supplier<EventSource> events(RawRequest request, JobAnswers jobs) {
    Job job = request.cases().reader().job(request.job());
    return () -> new JobEventSource(job, now -> json.writeValueAsString(jobs.of(now)));
  }

  private Supplier<EventSource> events(RawRequest request) {
    FollowRequest follow = FollowRequest.parse(request);
    CacheReader reader = request.cases().reader();
    return () -> new ChangeEventSource(
        reader.follow(follow.query(), ChangeEventSource.BUFFER), follow, json);
  }

  private void addDownload(RoutesConfig routes) {
    String template = settings.apiPath() + "/dumps/{name}/file";
    Handler download = context -> {
      RawRequest request = withoutBody(template, context);
      request.cases().admin().requireAllowed(Operation.DOWNLOAD, words(context));
      String name = request.dump();
      try (DumpBytes bytes = request.cases().admin().dumpBytes(name);
          // Not Javalin's, which may compress it and so belie its length.
          AnswerStream out = writer.stream(context, context.res().getOutputStream())) {
        out.requireLong();
        Authentication.requireValid(context.req());
        Download.of(name, bytes).answer(context, out);
      }
    };
    addReading(template, DumpDescriptions::download, download, routes);
  }

  /** The request in words, for the audit log. */
  private static String words(Context context) {
    return context.method() + " " + context.path();
  }

  private RawRequest withoutBody(String template, Context context) {
    ByteBudget.Share memory = budget.share(ClientAddress.of(context.req()));
    return request(template, context, JsonBody.EMPTY, memory, false, cases(context, memory));
  }

  private RawRequest request(
      String template,
      Context context,
      JsonBody body,
      ByteBudget.Share memory,
      boolean isChange,
      CallerUseCases caller) {
    return new RawRequest(
        template,
        context,
        body,
        memory,
        isChange,
        caller,
        settings.limits().patternSteps(),
        isLimited(caller) ? versions::reveal : UnaryOperator.identity());
  }

  private static boolean isLimited(CallerUseCases caller) {
    return !caller.caller().apps().isAll();
  }

  /**
   * Starts to listen. Requests are answered when this returns.
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

  /** Prepares the first answers of all kinds, so that nobody waits for that. */
  public void prepareAnswers() {
    writer.prepare(OpenApi.records(endpoints));
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof UnresolvedAddressException ? "no such host" : root.getMessage();
  }

  /** The port on which it listens. */
  public int port() {
    return javalin.port();
  }

  /**
   * Stops listening and ends the event streams. Returns after the last answer is out, or after five
   * seconds.
   */
  @Override
  public void close() {
    streams.close();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("answers that took over {} ms were cut off: {}", JettySetup.STOP_MILLIS, reason(e));
    }
  }
}
