package org.ocmcore.cache.domain.named;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * What several servers answered to the same question. If one fails, the others still answer.
 *
 * @param answers of the servers that answered, in the order in which they were asked
 * @param failures of the others, in the same order
 */
record ServerAnswers<R>(Map<String, R> answers, Map<String, StoreUnavailable> failures) {
  /**
   * Asks all servers at once.
   *
   * @param executor has a thread for each server or runs tasks on the caller's thread
   */
  static <R> ServerAnswers<R> ask(
      List<String> servers, Executor executor, Function<String, R> question) {
    List<CompletableFuture<R>> asked = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      String server = servers.get(i);
      // The caller's thread asks the last one: for one server no other thread wakes up.
      Executor thread = i == servers.size() - 1 ? Runnable::run : executor;
      asked.add(CompletableFuture.supplyAsync(() -> question.apply(server), thread));
    }
    ServerAnswers<R> all = new ServerAnswers<>(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (int i = 0; i < servers.size(); i++) {
      all.take(servers.get(i), asked.get(i));
    }
    return all;
  }

  private void take(String server, CompletableFuture<R> answer) {
    try {
      answers.put(server, answer.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable failure) {
        failures.put(server, failure);
      } else {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  /** @throws StoreUnavailable if any server failed */
  void requireAll() {
    require(failures.keySet(), List.of());
  }

  /**
   * @param done the servers on which it was done nevertheless, which the failure names
   * @throws StoreUnavailable if one of these servers failed
   */
  void require(Collection<String> servers, List<String> done) {
    for (String server : servers) {
      StoreUnavailable failure = failures.get(server);
      if (failure != null) {
        throw done.isEmpty() ? failure : failure.doneOn(done);
      }
    }
  }
}
