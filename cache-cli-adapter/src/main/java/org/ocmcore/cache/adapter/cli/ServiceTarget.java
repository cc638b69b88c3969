package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyOrder;
import org.ocmcore.cache.domain.query.LevelQuery;
import org.ocmcore.cache.viewer.DecoderChain;

/** A running service, by its API. */
final class ServiceTarget implements CommandTarget {
  private static final int PAGE = 10_000;

  private final RestClient api;

  ServiceTarget(RestClient api) {
    this.api = api;
  }

  /** Found in every key, for requests that concern them all. */
  private static final String EVERY_KEY = "^";

  /**
   * @param target what is changed there; empty if the service is too old to say
   * @param apps whose keys alone exist for the caller; empty if all do
   * @param allowed what the caller may do now
   */
  private record EnvironmentAnswer(
      String environment,
      Optional<String> target,
      String caller,
      Optional<List<String>> apps,
      List<String> allowed) {
    EnvironmentAnswer {
      Objects.requireNonNull(environment);
      allowed = List.copyOf(allowed);
    }
  }

  private record MessageAnswer(String message) {
    MessageAnswer {
      Objects.requireNonNull(message);
    }
  }

  /** A page of keys. @param nextCursor empty if it is the last one */
  private record PageAnswer(
      List<KeyView> keys,
      OptionalLong count,
      long totalKeys,
      Optional<String> nextCursor,
      String asOf,
      boolean complete,
      @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> incomplete) {
    PageAnswer {
      keys = List.copyOf(keys);
      incomplete = List.copyOf(incomplete);
    }
  }

  @Override
  public String place() {
    EnvironmentAnswer service = api.get("service/", Map.of(), EnvironmentAnswer.class);
    service.target().ifPresent(api::changeOnly);
    return RequestProblem.shortened("%s (%s)".formatted(api.address(), service.environment()));
  }

  @Override
  public void requireClearable() {
    EnvironmentAnswer service = api.get("service/", Map.of(), EnvironmentAnswer.class);
    if (!service.allowed().contains("manage")) {
      throw RequestProblem.of(
          403,
          "%s may not change keys of %s, whose environment is %s"
              .formatted(service.caller(), api.address(), service.environment()));
    }
    if (service.apps().isPresent()) {
      throw RequestProblem.of(
          403,
          "%s may change keys of %s alone, and this would remove all; rm --all removes those"
              .formatted(service.caller(), String.join(", ", service.apps().get())));
    }
  }

  @Override
  public KeysView keys(FilterOptions filter, String sort, OptionalInt limit) {
    KeyOrder.By order = Choice.of("--sort", sort, KeyOrder.By.class);
    if (order != KeyOrder.By.KEY && limit.orElse(PAGE) > PAGE) {
      throw new WrongUsage("--limit is \"%d\": a service sorts by %s at most %s"
          .formatted(limit.getAsInt(), sort, Formats.keys(PAGE)));
    }
    Map<String, String> parameters = new LinkedHashMap<>(filter.parameters());
    boolean hasPattern = parameters.containsKey("pattern");
    parameters.put("details", "true");
    parameters.put("sort", sort);
    int first = Math.min(limit.orElse(PAGE), PAGE);
    parameters.put("limit", Integer.toString(first));
    String path = hasPattern ? "pattern/" : "keys/";
    PageAnswer page = api.get(path, parameters, PageAnswer.class);
    return new KeysView(
        visitor -> visit(path, parameters, page, limit.orElse(Integer.MAX_VALUE), visitor),
        page.count().orElse(page.totalKeys()),
        page.totalKeys(),
        new FreshnessView(page.asOf(), page.complete(), page.incomplete()));
  }

  private void visit(
      String path,
      Map<String, String> parameters,
      PageAnswer first,
      int limit,
      Consumer<KeyView> visitor) {
    int left = limit;
    String last = "";
    PageAnswer page = first;
    while (true) {
      for (KeyView key : page.keys()) {
        visitor.accept(key);
        left--;
      }
      if (page.nextCursor().isEmpty() || left == 0) {
        return;
      }
      String cursor = page.nextCursor().get();
      if (page.keys().isEmpty() || cursor.equals(last)) {
        throw RequestProblem.unreachable("the service repeats a page of keys");
      }
      last = cursor;
      Map<String, String> next = new LinkedHashMap<>(parameters);
      next.put("cursor", cursor);
      next.put("limit", Integer.toString(Math.min(left, PAGE)));
      page = api.get(path, next, PageAnswer.class);
    }
  }

  @Override
  public TreeView tree(TreeRequest request) {
    Choice.of("--sort", request.sort(), LevelQuery.Order.class);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("prefix", request.prefix());
    parameters.put("delimiter", request.delimiter());
    parameters.put("sort", request.sort());
    parameters.put("limit", Integer.toString(request.limit()));
    return api.get("tree/", parameters, TreeView.class);
  }

  @Override
  public StatsView stats() {
    return api.get("stats/", Map.of(), StatsView.class);
  }

  @Override
  public CheckView check() {
    return api.get("check/", Map.of(), CheckView.class);
  }

  @Override
  public Optional<EntryView> get(CacheKey key) {
    return find(key, Map.of(), EntryView.class);
  }

  @Override
  public Optional<MetadataView> inspect(CacheKey key) {
    return find(key, Map.of("value", "false"), MetadataView.class);
  }

  @Override
  public Optional<DecodedView> decode(CacheKey key, DecoderChain decoders) {
    return find(key, Map.of("decode", decoders.toString()), DecodedView.class);
  }

  @Override
  public Optional<byte[]> bytes(CacheKey key) {
    return found(() -> api.bytes("key/", with(address(key), Map.of("raw", "true"))));
  }

  private <T> Optional<T> find(CacheKey key, Map<String, String> more, Class<T> type) {
    return found(() -> api.get("key/", with(address(key), more), type));
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static <T> Optional<T> found(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (RequestProblem e) {
      if (e.exit() == Exit.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** In base64, since no key is too strange for that. */
  private static Map<String, String> address(CacheKey key) {
    return Map.of("key_base64", TerminalText.base64(key.bytes()));
  }

  @Override
  public String store(NewValue value) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("value", Map.of("base64", TerminalText.base64(value.bytes())));
    value.flags().ifPresent(flags -> body.put("flags", flags));
    body.put("timeout", value.lifetime().isPresent() ? timeout(value.lifetime().get()) : "keep");
    return api.send(
            "POST",
            "key/?key_base64="
                + RestClient.encoded(TerminalText.base64(value.key().bytes())),
            headers(value.condition()),
            body,
            MessageAnswer.class)
        .message();
  }

  private static Map<String, String> headers(StoreCondition condition) {
    return switch (condition) {
      case NONE -> Map.of();
      case ABSENT -> Map.of("If-None-Match", "*");
      case PRESENT -> Map.of("If-Match", "*");
    };
  }

  /** In seconds; null for ever. */
  private static Object timeout(Lifetime lifetime) {
    return lifetime.isForever() ? null : lifetime.seconds();
  }

  @Override
  public ChangeFeed follow(FilterOptions filter, Set<ChangeKind> kinds) {
    Map<String, String> parameters = new LinkedHashMap<>(filter.parameters());
    parameters.put(
        "kinds", kinds.stream().map(Object::toString).sorted().collect(Collectors.joining(",")));
    return new ServiceFeed(api.events("changes/events", parameters));
  }

  @Override
  public PreviewView preview(FilterOptions filter, ChangeOrder change) {
    Map<String, Object> body = new LinkedHashMap<>(filter.fields());
    if (filter.passEverything()) {
      body.putIfAbsent("pattern", EVERY_KEY);
    }
    body.put("dry_run", true);
    body.put("fresh", true);
    putChange(body, change);
    return api.send(verb(change.act()), "pattern/manage/", body, PreviewView.class);
  }

  private static String verb(Act act) {
    return act == Act.REFRESH ? "PUT" : "DELETE";
  }

  private static void putChange(Map<String, Object> body, ChangeOrder change) {
    if (change.lifetime().isPresent()) {
      body.put("timeout", timeout(change.lifetime().get()));
      body.put("jitter", change.jitter());
    }
  }

  @Override
  public boolean keepsPlans() {
    return true;
  }

  @Override
  public PreviewView previewPlan(String plan, Act act) {
    return api.send(
        verb(act), "pattern/manage/", Map.of("plan", plan, "dry_run", true), PreviewView.class);
  }

  @Override
  public ChangeView execute(
      String plan, Act act, long rate, OptionalLong maxKeys, Watcher watcher) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("plan", plan);
    if (rate > 0) {
      body.put("rate", rate);
    }
    // The limit was checked in the preview; the plan refuses to change many more keys than that.
    return account(() -> {
      JobView ended = FollowedJob.execute(api, verb(act), "pattern/manage/", body, watcher);
      return ended.failure().isPresent() && ended.result().has("left_count")
          ? RestClient.parse(ended.result(), ChangeView.class)
              .failed(ended.failure().get())
          : ended.resultAs(ChangeView.class);
    });
  }

  @Override
  public ChangeView change(List<CacheKey> keys, ChangeOrder change) {
    List<String> bytes = new ArrayList<>();
    keys.forEach(key -> bytes.add(TerminalText.base64(key.bytes())));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("keys_base64", bytes);
    putChange(body, change);
    String path = change.lifetime().isPresent() ? "keys/refresh/" : "keys/delete/";
    return account(() -> api.send("POST", path, body, ChangeView.class));
  }

  /** A change that stopped half-way is a problem that has its account. */
  private static ChangeView account(Supplier<ChangeView> request) {
    try {
      return request.get();
    } catch (RequestProblem e) {
      return e.body()
          .filter(body -> body.has("left_count"))
          .map(body -> RestClient.parse(body, ChangeView.class).failed(e.getMessage()))
          .orElseThrow(() -> e);
    }
  }

  @Override
  public String clear() {
    return api.send("DELETE", "", Map.of("confirm", "clear"), MessageAnswer.class)
        .message();
  }

  @Override
  public AnalysisView analyze(FilterOptions filter) {
    return api.get("analysis/", filter.parameters(), AnalysisView.class);
  }

  @Override
  public void close() {
    // Java ends the connections with the process.
  }
}
