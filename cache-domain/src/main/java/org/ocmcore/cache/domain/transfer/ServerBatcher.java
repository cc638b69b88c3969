package org.ocmcore.cache.domain.transfer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;

/**
 * Hands items to workers, one for each server. Each server has a queue of its own, whose worker
 * does not pause while there are items. At most a few MiB wait for a server. One thread adds items.
 */
public final class ServerBatcher<T> {
  private final Executor executor;
  private final Target<T> target;
  private final Progress progress;
  private final Map<String, ServerQueue<T>> queues = new LinkedHashMap<>();

  /** The queue of the last item: items of one server mostly follow each other. */
  private ServerQueue<T> last;

  /** The work on the items. */
  @FunctionalInterface
  public interface Target<T> {
    /**
     * Works on all items.
     *
     * @param onDone must run after each finished item, in order
     * @throws StoreUnavailable if the server fails; the reported items are done
     */
    void work(String server, Iterator<T> items, Runnable onDone);
  }

  /**
   * @param executor for the workers; has a thread for each server or runs tasks on the caller's
   *     thread
   */
  public ServerBatcher(Executor executor, Target<T> target, Progress progress) {
    this.executor = executor;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Adds an item for a server.
   *
   * @param bytes its approximate size
   * @return false if the server has failed; nobody works on the item then
   */
  public boolean add(String server, T item, long bytes) {
    if (last == null || !server.equals(last.server())) {
      last = queues.get(server);
      if (last == null) {
        last = new ServerQueue<>(server, executor, target, progress);
        queues.put(server, last);
      }
    }
    return last.add(item, bytes);
  }

  /**
   * Sends everything that is gathered. This thread works for the last server itself, unless that is
   * busy: for few items waking another thread would take longer than the work.
   */
  public void flush() {
    Iterator<ServerQueue<T>> gathering =
        queues.values().stream().filter(ServerQueue::isGathering).toList().iterator();
    while (gathering.hasNext()) {
      ServerQueue<T> queue = gathering.next();
      queue.pass(gathering.hasNext() ? executor : Runnable::run, false);
    }
  }

  /** Waits until everything is done; returns at most one failure for each server. */
  public List<StoreUnavailable> finish() {
    flush();
    queues.values().forEach(ServerQueue::finish);
    return failures();
  }

  private List<StoreUnavailable> failures() {
    return queues.values().stream()
        .map(ServerQueue::failure)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Starts nothing more, waits for what is running, and returns the failures so far. */
  public List<StoreUnavailable> abandon() {
    queues.values().forEach(ServerQueue::drop);
    queues.values().forEach(ServerQueue::awaitRest);
    return failures();
  }
}
