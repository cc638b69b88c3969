package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.AppName;

/**
 * Sums up apps whose keys begin with their names and a separator.
 *
 * <p>With several separators, keys of other apps, such as {@code a0:}, may lie between {@code a.}
 * and {@code a:}. All of them begin with {@code a}, so at most as many apps are pending as a key
 * has bytes. The keys of {@link AppName#GLOBAL} are scattered and are reported at the end.
 */
final class PrefixAppAggregator extends AppAggregator {
  private final AppFinder finder;
  private final Instant now;
  private final Consumer<Run> whole;
  private final PrefixRun global;

  /** Apps that may still have keys; the name of each begins with the previous ones. */
  private final Deque<PrefixRun> pending = new ArrayDeque<>();

  /** Complete in this part, but may have begun in the part before. */
  private final List<Run> begunBefore = new ArrayList<>();

  /** The first key; null before it. */
  private byte[] first;

  PrefixAppAggregator(AppFinder finder, Instant now, Consumer<Run> whole) {
    this.finder = finder;
    this.now = now;
    this.whole = whole;
    this.global = new PrefixRun(new byte[0], now);
  }

  @Override
  void add(KeyCursor key) {
    byte[] bytes = key.bytes();
    if (first == null) {
      first = Arrays.copyOfRange(bytes, key.from(), key.to());
    }
    PrefixRun last = pending.peekLast();
    if (last == null || !owns(last, bytes, key.from(), key.to())) {
      int end = finder.end(bytes, key.from(), key.to());
      last = end < 0 ? global : pending(bytes, key.from(), end);
    }
    last.counter().add(key);
  }

  private boolean owns(PrefixRun run, byte[] key, int from, int to) {
    int end = from + run.name.length;
    return end < to && finder.isSeparator(key[end]) && run.begins(key, from, to);
  }

  private PrefixRun pending(byte[] bytes, int from, int end) {
    PrefixRun last = pending.peekLast();
    while (last != null && !last.begins(bytes, from, end)) {
      finish(pending.removeLast());
      last = pending.peekLast();
    }
    if (last == null || last.name.length < end - from) {
      last = new PrefixRun(Arrays.copyOfRange(bytes, from, end), now);
      pending.addLast(last);
    }
    return last;
  }

  private void finish(PrefixRun run) {
    if (run.begins(first, 0, first.length)) {
      begunBefore.add(run);
    } else {
      whole.accept(run);
    }
  }

  @Override
  List<Run> open() {
    List<Run> open = new ArrayList<>(begunBefore);
    open.addAll(pending);
    if (global.counter().keys() > 0) {
      open.add(global);
    }
    return open;
  }

  private static final class PrefixRun extends Run {
    /** Empty for {@link AppName#GLOBAL}. */
    private final byte[] name;

    PrefixRun(byte[] name, Instant now) {
      super(now);
      this.name = name;
    }

    boolean begins(byte[] key, int from, int to) {
      return to - from >= name.length
          && Arrays.equals(key, from, from + name.length, name, 0, name.length);
    }

    @Override
    AppName app() {
      return AppName.orGlobal(new String(name, StandardCharsets.UTF_8));
    }
  }
}
