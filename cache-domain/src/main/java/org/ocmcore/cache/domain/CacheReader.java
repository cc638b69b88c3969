package org.ocmcore.cache.domain;

import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpInspector;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpPage;
import org.ocmcore.cache.domain.dump.ListedDump;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueHidden;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.FoundValues;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.named.NamedValues;
import org.ocmcore.cache.domain.named.PlacedEntry;
import org.ocmcore.cache.domain.named.ValueMemory;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.ValuePage;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.FleetCheck;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * The use cases that are allowed in every environment. None of them changes a key or its lifetime.
 * Safe for use by any number of threads.
 *
 * <p>Methods about all keys throw {@link StoreUnavailable} if a server does not answer, since keys
 * would be missing.
 */
public final class CacheReader {
  /** The number of named keys in one request. */
  private static final int NAMED_AT_ONCE = 32;

  private final KeyspacePort keyspace;
  private final KeyTracker tracker;
  private final KeyRouter named;
  private final AppRule apps;
  private final HiddenValues hidden;
  private final DumpInspector dumps;
  private final DumpJobs dumpJobs;
  private final AutoDump autoDump;
  private final Jobs jobs;
  private final Executor executor;
  private final Clock clock;
  private final Workers workers;
  private final Caller caller;
  private final CallAudit audit;
  private final Requester requester;

  /**
   * @param executor asks servers for their state, all at once if it has enough threads, and
   *     searches keys beside the calling thread
   * @param audit records what callers may not read
   */
  public CacheReader(
      Store store,
      KeyTracker tracker,
      KeyRouter named,
      AppRule apps,
      HiddenValues hidden,
      DumpInspector dumps,
      DumpJobs dumpJobs,
      AutoDump autoDump,
      Jobs jobs,
      Executor executor,
      AuditPort audit) {
    this.keyspace = store.keyspace();
    this.tracker = tracker;
    this.named = named;
    this.apps = apps;
    this.hidden = hidden;
    this.dumps = dumps;
    this.dumpJobs = dumpJobs;
    this.autoDump = autoDump;
    this.jobs = jobs;
    this.executor = executor;
    this.clock = store.clock();
    this.workers = new Workers(executor);
    this.caller = Caller.SERVICE;
    this.audit = new CallAudit(audit, clock, caller);
    this.requester = Requester.PATIENT;
  }

  private CacheReader(CacheReader other, Caller caller, Requester requester) {
    this.keyspace = other.keyspace;
    this.tracker = other.tracker;
    this.named = other.named;
    this.apps = other.apps;
    this.hidden = other.hidden;
    this.dumps = other.dumps.ownedBy(caller.name());
    this.dumpJobs = other.dumpJobs.ownedBy(caller.owner());
    this.autoDump = other.autoDump;
    this.jobs = other.jobs;
    this.executor = other.executor;
    this.clock = other.clock;
    this.workers = other.workers.ownedBy(caller.name()).checkedBy(requester::requireWaiting);
    this.caller = caller;
    this.audit = new CallAudit(other.audit.log(), clock, caller);
    this.requester = requester;
  }

  /**
   * The same for this caller: what the caller may not see does not exist. Work ends when the
   * requester does not wait any more.
   */
  public CacheReader as(Caller other, Requester waiting) {
    return new CacheReader(this, other, waiting);
  }

  private CallerKeys keysOfCaller() {
    return new CallerKeys(caller, apps);
  }

  /**
   * The state of the cache and its servers, including servers that are down.
   *
   * @throws StoreUnavailable if no server answers
   */
  public CacheStatus status() {
    FleetSurvey survey = FleetSurvey.make(keyspace, tracker, executor);
    return caller.apps().isAll()
        ? survey.status()
        : survey.status().limitedTo(finder(survey.index()).count(KeyFilter.ALL));
  }

  /**
   * Asks each server once what it is and offers; see {@link FleetCheck}.
   *
   * @throws org.ocmcore.cache.domain.error.OutsideApps unless the caller may see all apps
   */
  public FleetCheck.Result check() {
    audit.requireAllowed(AuditedCall.of("check"), () -> keysOfCaller().requireAll());
    return new FleetCheck(keyspace, executor).check(requester::requireWaiting);
  }

  /** The addresses of all servers, up or down, in the order of configuration. */
  public List<String> servers() {
    return keyspace.servers();
  }

  /**
   * The keys as they are known now. If a client asks for page after page, every key that lives
   * throughout is on one page.
   */
  public KeyFinder known() {
    return known(KeyFilter.ALL);
  }

  /** The same for this filter: if it names a server, the others need not answer. */
  public KeyFinder known(KeyFilter filter) {
    return finder(tracker.index(filter.server(), requester::requireWaiting));
  }

  /** The keys by walks that begin now. */
  public KeyFinder fresh() {
    return fresh(KeyFilter.ALL);
  }

  /** The same for this filter: if it names a server, the others need not answer. */
  public KeyFinder fresh(KeyFilter filter) {
    return finder(tracker.fresh(filter.server(), requester::requireWaiting));
  }

  private KeyFinder finder(KeyIndex index) {
    return new KeyFinder(index, apps, clock.instant(), workers, caller.apps(), requester::hold);
  }

  /**
   * The changes from now on, as far as servers report them; see {@link ChangeSubscription}.
   *
   * @param buffer the most changes that are kept until the caller takes them, at least 1
   * @return to be closed by the caller
   */
  public ChangeSubscription follow(ChangeQuery query, int buffer) {
    ChangeQuery visible = new ChangeQuery(query.filter().within(caller.apps()), query.kinds());
    return tracker.changes().subscribe(visible, apps, buffer);
  }

  /** The first entries of a page with their values, as many as fit into the memory. */
  public ValuePage values(KeyPage page, ValueMemory memory) {
    FoundValues found = read(page.keys(), memory);
    boolean isTruncated = found.asked() < page.matching();
    return new ValuePage(found.entries(), page.matching(), isTruncated, page.freshness());
  }

  /** The first entries of these keys, as many as fit into the memory. */
  public List<CacheEntry> values(FoundKeys keys, ValueMemory memory) {
    return read(keys, memory).entries();
  }

  /**
   * The values of these keys, as many as fit into the memory.
   *
   * @throws StoreUnavailable if it is unknown where a key belongs
   * @throws org.ocmcore.cache.domain.error.OutsideApps if the caller may not see one of them
   */
  public NamedValues values(List<CacheKey> keys, ValueMemory memory) {
    requireReader(AuditedCall.ofKeys("read", keys), keys);
    return named.values(keys, NAMED_AT_ONCE, memory);
  }

  private FoundValues read(FoundKeys keys, ValueMemory memory) {
    requireReader(AuditedCall.of("read"), List.of());
    return named.values(keys.upTo(memory.mostBytes()), memory);
  }

  private void requireReader(AuditedCall call, List<CacheKey> keys) {
    audit.requireAllowed(call, () -> {
      caller.require(Role.READER);
      keysOfCaller().require(keys);
    });
  }

  /** The largest item that can be stored, in bytes; see {@link KeyRouter#largestItem}. */
  public OptionalLong largestItem() {
    return named.largestItem();
  }

  /**
   * A key with its value; see {@link KeyRouter#read}.
   *
   * @throws org.ocmcore.cache.domain.error.OutsideApps if the caller may not see it
   */
  public PlacedEntry read(CacheKey key) {
    return read(key, ValueMemory.UNCOUNTED);
  }

  /** The same with memory for the value. */
  public PlacedEntry read(CacheKey key, ValueMemory memory) {
    requireReader(AuditedCall.ofKey("read", key), List.of(key));
    return named.read(key, memory);
  }

  /**
   * The bytes of a value with its key; see {@link #read(CacheKey, ValueMemory)}.
   *
   * @throws ValueHidden if nobody may see the value
   */
  public PlacedEntry readVisible(CacheKey key, ValueMemory memory) {
    requireReader(AuditedCall.ofKey("read", key), List.of(key));
    if (hidden.hides(key)) {
      throw new ValueHidden(key.toString());
    }
    return named.read(key, memory);
  }

  /**
   * What is known of a key without its value; see {@link KeyRouter#inspect}. Any role may ask.
   *
   * @throws org.ocmcore.cache.domain.error.OutsideApps if the caller may not see the key
   */
  public VersionedInfo inspect(CacheKey key) {
    audit.requireAllowed(
        AuditedCall.ofKey("inspect", key), () -> keysOfCaller().require(List.of(key)));
    return named.inspect(key);
  }

  /** Whether nobody may see the value of this key. Callers that show values must ask. */
  public boolean hidesValueOf(CacheKey key) {
    return hidden.hides(key);
  }

  /** All dumps; see {@link DumpInspector#all}. */
  public List<ListedDump> dumps() {
    return ListedDump.of(dumps.all(caller.apps()), caller.apps());
  }

  /**
   * A dump; see {@link DumpInspector#describe}.
   *
   * @throws org.ocmcore.cache.domain.error.OutsideApps unless the caller may see all apps
   */
  public DumpInfo dump(String name) {
    audit.requireAllowed(
        AuditedCall.ofDump("describe-dump", name), () -> keysOfCaller().requireAll());
    return dumps.describe(name);
  }

  /** The keys of a dump; see {@link DumpInspector#keys}. */
  public DumpPage dumpKeys(String name, KeyFilter filter, long from, int limit) {
    return dumps.keys(name, filter.within(caller.apps()), from, limit);
  }

  /** Compares the cache with a dump; see {@link DumpJobs#diff}. */
  public DumpDiff diff(String name, int limit) {
    return dumpJobs.diff(name, caller.apps(), limit, requester::requirePresent);
  }

  /** Starts to compare the cache with a dump; see {@link DumpJobs#startDiff}. */
  public Job startDiff(String name, int limit) {
    return dumpJobs.startDiff(name, caller.apps(), limit);
  }

  /** The state of automatic dumps. */
  public AutoDump.State autoDump() {
    AutoDump.State state = autoDump.state();
    return caller.apps().isAll() ? state : state.withoutContents();
  }

  /** The active and the last finished jobs that the caller may see, newest first. */
  public List<Job> jobs() {
    return jobs.recent().stream().filter(keysOfCaller()::maySee).toList();
  }

  /**
   * @throws org.ocmcore.cache.domain.error.JobNotFound if it is unknown or forgotten, or the caller
   *     may not see it
   */
  public Job job(String id) {
    return keysOfCaller().requireVisible(jobs.find(id));
  }
}
