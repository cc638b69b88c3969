package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Caller;

/**
 * Executes each change that has a key of its own once. Browsers and some proxies send a request
 * again whose connection was closed without an answer, also one that changes something; such a
 * repetition gets the outcome of the first. Remembers the newest {@value #MAX}. Safe for use by any
 * number of threads.
 */
final class RepeatedChanges {
  static final String HEADER = "Idempotency-Key";

  private static final byte[] NONE = {};
  private static final int MAX = 1_000;
  private static final int MAX_LENGTH = 100;

  private record Id(String caller, String key) {}

  /** @param content a hash of all that the request asks for, and with which rights */
  private record First(String content, CompletableFuture<HttpAnswer> outcome) {}

  private final Map<Id, First> firsts = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Id, First> eldest) {
      return size() > MAX;
    }
  };

  /**
   * Returns the answer to a change, or throws what it threw. Waits while the first such request is
   * being executed.
   *
   * @throws RequestRejected if the first request with the key asked for something else
   */
  HttpAnswer answer(Context context, Caller caller, Supplier<HttpAnswer> change) {
    List<String> keys = Collections.list(context.req().getHeaders(HEADER));
    if (keys.isEmpty()) {
      return change.get();
    }
    if (keys.size() > 1) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "Idempotency-Key is there twice; a change has one");
    }
    String key = keys.get(0);
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "Idempotency-Key has %d characters, it must have 1 to %d"
              .formatted(key.length(), MAX_LENGTH));
    }
    First request = new First(content(context, caller), new CompletableFuture<>());
    First first;
    synchronized (firsts) {
      first = firsts.putIfAbsent(new Id(caller.name(), key), request);
    }
    if (first == null) {
      return execute(change, request.outcome());
    }
    if (!first.content().equals(request.content())) {
      throw new RequestRejected(
          Kind.OTHER_REQUEST,
          "Idempotency-Key is that of an earlier change, which differs from this one in its path, query, body or condition, or your rights are others by now: nothing was done; give each change a key of its own");
    }
    return outcome(first.outcome());
  }

  private static String content(Context context, Caller caller) {
    byte[] body = (byte[]) context.req().getAttribute(BodyCollector.BODY);
    return Sha256.of(
        List.of(
            // What one could see is not for another of the same name.
            caller.role().toString(),
            caller.apps().only().toString(),
            context.method().name(),
            context.req().getRequestURI(),
            String.valueOf(context.queryString()),
            String.valueOf(context.header("If-Match")),
            String.valueOf(context.header("If-None-Match"))),
        body == null ? NONE : body);
  }

  private static HttpAnswer execute(
      Supplier<HttpAnswer> change, CompletableFuture<HttpAnswer> outcome) {
    try {
      HttpAnswer answer = change.get();
      outcome.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      outcome.completeExceptionally(e);
      throw e;
    }
  }

  private static HttpAnswer outcome(CompletableFuture<HttpAnswer> first) {
    try {
      return first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
