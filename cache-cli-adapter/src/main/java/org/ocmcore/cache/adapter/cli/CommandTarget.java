package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.viewer.DecoderChain;

/**
 * A cache that a verb works on: servers directly, or a running service. Both give the same answers,
 * with the names of the API. Who may do what is decided by the domain, here or in the service.
 */
interface CommandTarget extends AutoCloseable {
  /** What a verb works on, for people, such as {@code cache1:11211 (production)}. */
  String place();

  /**
   * Asks no server.
   *
   * @throws RuntimeException if not every key may be removed; says why, as {@link #clear} would
   */
  void requireClearable();

  /**
   * Keys in the order of their bytes, or in another one.
   *
   * @param sort {@code key}, {@code size}, {@code ttl} or {@code idle}
   * @param limit the most keys; empty for all, which needs the order by key
   */
  KeysView keys(FilterOptions filter, String sort, OptionalInt limit);

  /** A level of the namespace tree. */
  TreeView tree(TreeRequest request);

  /** The servers with their counters. */
  StatsView stats();

  /** What each server is and offers; asks each of them now. */
  CheckView check();

  /** A key with its value; empty if it is not there. */
  Optional<EntryView> get(CacheKey key);

  /** What is known of a key without its value; empty if it is not there. Touches nothing. */
  Optional<MetadataView> inspect(CacheKey key);

  /**
   * What the value of a key is; empty if the key is not there.
   *
   * @param decoders of the API, such as {@code auto} or {@code zlib,json}
   */
  Optional<DecodedView> decode(CacheKey key, DecoderChain decoders);

  /** The value as it is stored; empty if there is no such key. Fails if it is hidden. */
  Optional<byte[]> bytes(CacheKey key);

  /**
   * Stores a value; returns what happened, for people. Fails with {@link Exit#NOT_CONFIRMED} if the
   * value has a condition that does not hold.
   */
  String store(NewValue value);

  /** Follows changes from now on. @param filter selects keys by their names */
  ChangeFeed follow(FilterOptions filter, Set<ChangeKind> kinds);

  /** Previews a change of the keys that pass a filter, which the change can then name. */
  PreviewView preview(FilterOptions filter, ChangeOrder change);

  /** Whether a preview can be executed by another command later. */
  boolean keepsPlans();

  /**
   * Shows again what a plan of {@link #preview} would do now, and changes nothing.
   *
   * @throws UnsupportedOperationException if it {@linkplain #keepsPlans keeps none}
   */
  PreviewView previewPlan(String plan, Act act);

  /**
   * Executes what was previewed.
   *
   * @param plan of the preview
   * @param act of the preview
   * @param rate the most keys a second; 0 for no limit
   * @param maxKeys if more keys match, nothing is changed
   * @param watcher is shown how far it is; if it wants the end, what is done stays done
   */
  ChangeView execute(String plan, Act act, long rate, OptionalLong maxKeys, Watcher watcher);

  /** Executes a change of named keys. */
  ChangeView change(List<CacheKey> keys, ChangeOrder change);

  /** Clears every server; returns what happened, for people. */
  String clear();

  /** The statistics of the keys that pass a filter. */
  AnalysisView analyze(FilterOptions filter);

  @Override
  void close();

  /** What a change does to keys. */
  enum Act {
    /** They are deleted. */
    DELETE("delete", "deleted"),
    /** They get a new lifetime. */
    REFRESH("refresh", "refreshed");

    private final String work;
    private final String done;

    Act(String work, String done) {
      this.work = work;
      this.done = done;
    }

    /** A word for it. */
    String work() {
      return work;
    }

    /** What has happened to them then, for people. */
    String done() {
      return done;
    }
  }

  /**
   * A value to store.
   *
   * @param flags empty to keep those of an older value
   * @param lifetime empty to keep that of an older value, which must be there
   * @param condition what must hold of the key
   */
  record NewValue(
      CacheKey key,
      byte[] bytes,
      OptionalLong flags,
      Optional<Lifetime> lifetime,
      StoreCondition condition) {}

  /** What must hold of a key to store a value. */
  enum StoreCondition {
    /** Nothing. */
    NONE,
    /** The key is absent. */
    ABSENT,
    /** The key is there. */
    PRESENT
  }

  /**
   * A question for a level of the tree.
   *
   * @param sort {@code size}, {@code keys} or {@code name}
   */
  record TreeRequest(String prefix, String delimiter, String sort, int limit) {}

  /**
   * A change of many keys.
   *
   * @param lifetime the new one; empty to delete the keys
   * @param jitter see {@link org.ocmcore.cache.domain.bulk.BulkChange.Refresh}
   * @param rate the most keys a second; 0 for no limit
   */
  record ChangeOrder(Optional<Lifetime> lifetime, double jitter, long rate) {
    Act act() {
      return lifetime.isPresent() ? Act.REFRESH : Act.DELETE;
    }
  }
}
