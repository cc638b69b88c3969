package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.LevelQuery;

/**
 * The requests that find keys. In each, {@code fresh} is whether a walk that begins now finds the
 * keys.
 */
final class FindRequests {
  /** Whether the answer has details of each key, or names only. */
  static final String DETAILS = "details";

  static final String FRESH = "fresh";
  private static final String VALUES = "values";

  static final int MAX_PAGE = 10_000;
  static final int MAX_VALUES = 1_000;
  static final int DEFAULT_VALUES = 100;
  static final int DEFAULT_FIRST_KEYS = 100;
  static final int DEFAULT_REGISTRY = 1_000;
  static final int DEFAULT_CHILDREN = 1_000;

  private FindRequests() {}

  private static boolean isFresh(RawRequest request) {
    return request.query().flag(FRESH);
  }

  /** Asks for a page of keys. @param pattern empty if the route takes none */
  record Page(Optional<KeyPattern> pattern, KeyQuery query, boolean details, boolean fresh)
      implements ByPattern {
    static Page parse(RawRequest request) {
      return of(request, Optional.empty(), request.keys().filter(request.servers()));
    }

    private static Page of(RawRequest request, Optional<KeyPattern> pattern, KeyFilter filter) {
      KeyQuery query = request.keys().page(filter, request.limit(MAX_PAGE));
      boolean details = request.query().flag(DETAILS);
      return new Page(pattern, query, details, isFresh(request));
    }
  }

  /** Asks for values of keys that match a pattern. @param memory takes what the values need */
  record Values(KeyPattern pattern, KeyQuery query, boolean fresh, ByteBudget.Share memory)
      implements ByPattern {
    private static Values of(RawRequest request, KeyPattern pattern, KeyFilter filter) {
      int limit = request.limit(MAX_VALUES).orElse(DEFAULT_VALUES);
      KeyQuery query =
          new KeyQuery(filter, request.keys().order(), Optional.empty(), OptionalInt.of(limit));
      return new Values(pattern, query, isFresh(request), request.memory());
    }
  }

  /** Asks for keys that match a pattern, or for their values. */
  sealed interface ByPattern permits Page, Values {
    static ByPattern parse(RawRequest request) {
      KeyPattern pattern = request.pattern();
      KeyFilter filter = request.keys().filter(request.servers()).with(pattern);
      return request.query().flag(VALUES)
          ? Values.of(request, pattern, filter)
          : Page.of(request, Optional.of(pattern), filter);
    }
  }

  /**
   * Asks what the keys that match a pattern add up to.
   *
   * @param limit how many of them are named
   * @param values whether these come with their values
   * @param memory takes what the values need
   */
  record Stats(
      KeyPattern pattern,
      KeyFilter filter,
      int limit,
      boolean values,
      boolean fresh,
      ByteBudget.Share memory) {
    static Stats parse(RawRequest request) {
      KeyPattern pattern = request.pattern();
      boolean values = request.query().flag(VALUES);
      OptionalInt limit = request.limit(values ? MAX_VALUES : MAX_PAGE);
      KeyFilter filter = request.keys().filter(request.servers()).with(pattern);
      return new Stats(
          pattern,
          filter,
          limit.orElse(DEFAULT_FIRST_KEYS),
          values,
          isFresh(request),
          request.memory());
    }
  }

  /** Asks for a level of the namespace tree. */
  record Tree(LevelQuery query, boolean fresh) {
    static Tree parse(RawRequest request) {
      LevelQuery query = new LevelQuery(
          request.keys().prefix(),
          request.keys().delimiter(),
          request.keys().levelOrder(),
          request.limit(MAX_PAGE).orElse(DEFAULT_CHILDREN));
      return new Tree(query, isFresh(request));
    }
  }

  /** Asks what keys are like as a whole. */
  record Analyze(KeyFilter filter, boolean fresh) {
    static Analyze parse(RawRequest request) {
      KeyFilter filter = request.keys().filter(request.servers());
      boolean fresh = isFresh(request);
      return new Analyze(request.optionalPattern().map(filter::with).orElse(filter), fresh);
    }
  }

  /** Asks for all apps. */
  record Apps(boolean fresh) {
    static Apps parse(RawRequest request) {
      return new Apps(isFresh(request));
    }
  }

  /** Asks for one app. */
  record App(AppName name, boolean fresh) {
    static App parse(RawRequest request) {
      return new App(request.app(), isFresh(request));
    }
  }

  /** Asks for the keys of all apps. @param limit how many of each app */
  record Registry(int limit, boolean fresh) {
    static Registry parse(RawRequest request) {
      return new Registry(request.limit(MAX_PAGE).orElse(DEFAULT_REGISTRY), isFresh(request));
    }
  }

  /** Asks for the keys of an app that match a pattern. */
  record OfApp(AppName app, KeyPattern pattern, KeyFilter filter, boolean fresh) {
    static OfApp parse(RawRequest request) {
      AppName app = request.app();
      KeyPattern pattern = request.pattern();
      KeyFilter filter = request.keys().filter(request.servers()).with(pattern);
      return new OfApp(app, pattern, filter, isFresh(request));
    }
  }
}
