package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Sums up keys by app while they arrive in order. The keys of one app are adjacent, so it keeps few
 * apps in memory. The keys of {@link AppName#GLOBAL} are scattered and are reported at the end. For
 * use by one thread.
 *
 * <p>If a range was split, an app may be in several parts; {@link #join} joins them.
 */
final class AppAggregator {
  private final Instant now;
  private final Consumer<Run> whole;
  private final Run global;

  /** May have begun in the part before; null before the first key. */
  private Run first;

  /** May continue in the next part. */
  private Run last;

  /** @param whole receives each app that lies completely within this part */
  AppAggregator(Instant now, Consumer<Run> whole) {
    this.now = now;
    this.whole = whole;
    this.global = new Run(null, now);
  }

  void add(KeyCursor key) {
    byte[] bytes = key.bytes();
    if (last == null || !last.owns(bytes, key.from(), key.to())) {
      int end = App.end(bytes, key.from(), key.to());
      if (end < 0) {
        global.counter.add(key);
        return;
      }
      begin(new Run(Arrays.copyOfRange(bytes, key.from(), end), now));
    }
    last.counter.add(key);
  }

  private void begin(Run next) {
    if (first == null) {
      first = next;
    } else if (last != first) {
      whole.accept(last);
    }
    last = next;
  }

  /** Reports the apps at the edges of adjacent parts, and the scattered keys. */
  static void join(List<AppAggregator> parts, Consumer<Run> whole) {
    Run open = null;
    Run scattered = null;
    for (AppAggregator part : parts) {
      scattered = part.global.behind(scattered);
      if (part.first == null) {
        continue;
      }
      if (open != null && Arrays.equals(open.name, part.first.name)) {
        part.first.behind(open);
      } else if (open != null) {
        whole.accept(open);
      }
      if (part.first != part.last) {
        whole.accept(part.first);
      }
      open = part.last;
    }
    if (open != null) {
      whole.accept(open);
    }
    if (scattered != null && scattered.counter.keys() > 0) {
      whole.accept(scattered);
    }
  }

  /** The adjacent keys of one app. */
  static final class Run {
    /** Null for {@link AppName#GLOBAL}. */
    private final byte[] name;

    private final KeySummary.Counter counter;

    private Run(byte[] name, Instant now) {
      this.name = name;
      this.counter = new KeySummary.Counter(now);
    }

    private boolean owns(byte[] key, int from, int to) {
      int end = from + name.length;
      return end < to && key[end] == ':' && Arrays.equals(key, from, end, name, 0, name.length);
    }

    private Run behind(Run before) {
      if (before != null) {
        counter.add(before.counter);
      }
      return this;
    }

    AppName app() {
      return name == null ? AppName.GLOBAL : new AppName(CacheKey.ofBytes(name).toString());
    }

    KeySummary.Counter counter() {
      return counter;
    }
  }
}
