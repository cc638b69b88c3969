package org.ocmcore.cache.adapter.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ocmcore.cache.domain.CacheStatus;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.PlacedEntry;
import org.ocmcore.cache.domain.named.StoreReceipt;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyOrder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.LevelQuery;
import org.ocmcore.cache.domain.tracking.ServerCheck;
import org.ocmcore.cache.viewer.DecoderChain;
import org.ocmcore.cache.viewer.DecodingException;
import org.ocmcore.cache.viewer.ValueViewer;
import org.ocmcore.cache.viewer.ViewWindow;

/** Servers without a service between. The first question for keys walks over all of them. */
final class DirectTarget implements CommandTarget {
  /** Between two looks at a job. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final CommandSettings settings;
  private final DirectServers servers;
  private final CallerUseCases cases;
  private final Clock clock;

  /** @param servers are closed with this */
  DirectTarget(CommandSettings settings, DirectServers servers, Clock clock) {
    this.settings = settings;
    this.servers = servers;
    this.cases = servers.cases();
    this.clock = clock;
  }

  @Override
  public String place() {
    return "%s (%s)"
        .formatted(
            String.join(", ", cases.reader().servers()), settings.management().environment());
  }

  @Override
  public void requireClearable() {
    settings.management().require(Operation.MANAGE, Caller.SERVICE);
  }

  @Override
  public KeysView keys(FilterOptions filter, String sort, OptionalInt limit) {
    KeyFilter wanted = known(filter);
    KeyOrder order = KeyOrder.of(Choice.of("--sort", sort, KeyOrder.By.class));
    KeyPage page =
        cases.reader().fresh(wanted).page(new KeyQuery(wanted, order, Optional.empty(), limit));
    return new KeysView(
        visitor -> page.keys().visit(key -> visitor.accept(KeyView.of(key, clock.instant()))),
        page.matching(),
        page.total(),
        FreshnessView.of(page.freshness()));
  }

  private KeyFilter known(FilterOptions filter) {
    return filter.filter(cases.reader().servers());
  }

  @Override
  public TreeView tree(TreeRequest request) {
    LevelQuery query = new LevelQuery(
        KeyBytes.of(request.prefix()),
        KeyBytes.of(request.delimiter()),
        Choice.of("--sort", request.sort(), LevelQuery.Order.class),
        request.limit());
    return TreeView.of(cases.reader().fresh().level(query));
  }

  @Override
  public StatsView stats() {
    CacheStatus status = cases.reader().status();
    return new StatsView(
        status.totalKeys(),
        settings.management().environment().toString(),
        status.servers().stream().map(ServerView::of).toList(),
        Optional.empty());
  }

  @Override
  public CheckView check() {
    return CheckView.of(cases.reader().check());
  }

  @Override
  public Optional<EntryView> get(CacheKey key) {
    try {
      PlacedEntry found = cases.reader().read(key);
      return Optional.of(EntryView.of(found, cases.reader().hidesValueOf(key), clock.instant()));
    } catch (KeyNotFound none) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<MetadataView> inspect(CacheKey key) {
    try {
      return Optional.of(MetadataView.of(cases.reader().inspect(key).info(), clock.instant()));
    } catch (KeyNotFound none) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<DecodedView> decode(CacheKey key, DecoderChain decoders) {
    try {
      PlacedEntry found = cases.reader().read(key);
      if (cases.reader().hidesValueOf(key)) {
        return Optional.of(DecodedView.hidden(found));
      }
      CacheValue value = found.entry().value();
      return Optional.of(DecodedView.of(
          found, new ValueViewer().view(value.bytes(), value.flags(), decoders, ViewWindow.FIRST)));
    } catch (KeyNotFound none) {
      return Optional.empty();
    } catch (DecodingException e) {
      throw RequestProblem.of(422, e.getMessage());
    }
  }

  @Override
  public Optional<byte[]> bytes(CacheKey key) {
    try {
      PlacedEntry found = cases.reader().read(key);
      if (cases.reader().hidesValueOf(key)) {
        throw RequestProblem.of(403, "the value of '%s' is shown to nobody".formatted(key));
      }
      return Optional.of(found.entry().value().bytes());
    } catch (KeyNotFound none) {
      return Optional.empty();
    }
  }

  @Override
  public String store(NewValue value) {
    StoreReceipt receipt = cases
        .admin()
        .store(
            new StoreRequest(
                value.key(),
                CacheValue.of(value.bytes(), value.flags().orElse(0)),
                value.flags().isEmpty(),
                value.lifetime(),
                domain(value.condition())),
            bytes -> {});
    return "Key '%s' %s".formatted(value.key(), receipt.isNew() ? "created" : "replaced");
  }

  private static Precondition domain(StoreCondition condition) {
    return switch (condition) {
      case NONE -> Precondition.NONE;
      case ABSENT -> Precondition.ABSENT;
      case PRESENT -> Precondition.PRESENT;
    };
  }

  @Override
  public ChangeFeed follow(FilterOptions filter, Set<ChangeKind> kinds) {
    requireAnswer();
    return new DirectFeed(servers.follow(new ChangeQuery(known(filter), kinds)));
  }

  /** Without it, a feed would wait for servers that may never be there. */
  private void requireAnswer() {
    List<ServerCheck> asked = cases.reader().check().servers();
    if (asked.stream().allMatch(server -> server.answers().isEmpty())) {
      asked.stream().flatMap(server -> server.failure().stream()).findFirst().ifPresent(down -> {
        throw down;
      });
    }
  }

  private static BulkChange domain(ChangeOrder change) {
    return change.lifetime().isPresent()
        ? new BulkChange.Refresh(change.lifetime().get(), change.jitter())
        : BulkChange.DELETE;
  }

  @Override
  public PreviewView preview(FilterOptions filter, ChangeOrder change) {
    return PreviewView.of(
        cases.admin().preview(new BulkRequest(domain(change), known(filter)).fresh(true)));
  }

  @Override
  public boolean keepsPlans() {
    return false;
  }

  @Override
  public PreviewView previewPlan(String plan, Act act) {
    throw new UnsupportedOperationException("plans are kept by services");
  }

  @Override
  public ChangeView execute(
      String plan, Act act, long rate, OptionalLong maxKeys, Watcher watcher) {
    Job job =
        cases.admin().startChange(cases.admin().planned(plan).atMost(maxKeys).at(rate));
    JobSnapshot now = job.snapshot();
    while (!now.state().isFinal()) {
      watcher.show(now.progress());
      if (watcher.wantsEnd() && !now.cancelRequested()) {
        cases.admin().cancel(job.id());
      }
      LockSupport.parkNanos(LOOK_NANOS);
      now = job.snapshot();
    }
    Optional<ChangeView> account = now.result().map(BulkAccount.class::cast).map(ChangeView::of);
    if (now.failure().orElse(null) instanceof RuntimeException failure) {
      return account.orElseThrow(() -> failure).failed(failure.getMessage());
    }
    return account.orElseThrow();
  }

  @Override
  public ChangeView change(List<CacheKey> keys, ChangeOrder change) {
    return ChangeView.of(cases.admin().change(domain(change), keys));
  }

  @Override
  public String clear() {
    cases.admin().clear(true);
    return "Cache cleared successfully";
  }

  @Override
  public AnalysisView analyze(FilterOptions filter) {
    KeyFilter wanted = known(filter);
    return AnalysisView.of(cases.reader().fresh(wanted).analysis(wanted), clock.instant());
  }

  @Override
  public void close() {
    servers.close();
  }
}
