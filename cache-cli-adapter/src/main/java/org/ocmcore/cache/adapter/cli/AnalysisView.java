package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ocmcore.cache.domain.query.Analysis;

/**
 * What keys are like as a whole, as the API has it.
 *
 * @param ttl keys by the time that they have left
 * @param sizes keys by the bytes that their items take
 * @param onSeveralServers keys that more than one server holds
 * @param idle keys by the time since they were last used
 * @param expiringByMinute keys that expire in each of the next minutes
 */
record AnalysisView(
    TreeView.Sums totals,
    List<AppAmount> topAppsByBytes,
    List<AppAmount> topAppsByCount,
    List<KeyView> topKeysByBytes,
    Ttl ttl,
    List<SizeClass> sizes,
    Idle idle,
    Amount neverFetched,
    Amount onSeveralServers,
    List<Amount> expiringByMinute,
    @JsonUnwrapped FreshnessView freshness) {
  AnalysisView {
    Objects.requireNonNull(totals);
    Objects.requireNonNull(ttl);
    Objects.requireNonNull(idle);
    topAppsByBytes = List.copyOf(topAppsByBytes);
    topAppsByCount = List.copyOf(topAppsByCount);
    topKeysByBytes = List.copyOf(topKeysByBytes);
    sizes = List.copyOf(sizes);
    expiringByMinute = List.copyOf(expiringByMinute);
  }

  /** @param now times count from here */
  static AnalysisView of(Analysis analysis, Instant now) {
    List<KeyView> largest = new ArrayList<>();
    analysis.largest().visit(key -> largest.add(KeyView.of(key, now)));
    return new AnalysisView(
        TreeView.Sums.of(analysis.totals()),
        AppAmount.of(analysis.appsByBytes()),
        AppAmount.of(analysis.appsByKeys()),
        largest,
        new Ttl(Amount.of(analysis.ttl().none()), Spread.of(analysis.ttl())),
        analysis.sizes().stream().map(SizeClass::of).toList(),
        new Idle(Spread.of(analysis.idle()), Amount.of(analysis.idle().none())),
        Amount.of(analysis.neverFetched()),
        Amount.of(analysis.onSeveralServers()),
        analysis.expiring().stream().map(Amount::of).toList(),
        FreshnessView.of(analysis.freshness()));
  }

  /** Some keys, and the bytes that their items take. */
  record Amount(long keys, long bytes) {
    static Amount of(Analysis.Amount amount) {
      return new Amount(amount.keys(), amount.bytes());
    }
  }

  /** The keys of an app. */
  record AppAmount(String appName, @JsonUnwrapped Amount amount) {
    static List<AppAmount> of(List<Analysis.AppAmount> apps) {
      return apps.stream()
          .map(app -> new AppAmount(app.app().name(), Amount.of(app.amount())))
          .toList();
    }
  }

  /** Keys whose items take at least {@code fromBytes}, and less than {@code belowBytes}. */
  record SizeClass(
      long fromBytes, long belowBytes, @JsonUnwrapped Amount amount) {
    static SizeClass of(Analysis.SizeClass size) {
      return new SizeClass(size.from(), size.below(), Amount.of(size.amount()));
    }
  }

  /** Keys by what is left of their lifetimes. */
  record Ttl(Amount never, @JsonUnwrapped Spread spread) {}

  /** Keys by the time since they were last used. */
  record Idle(@JsonUnwrapped Spread spread, Amount unknown) {}

  /** Keys by a time, each group below a bound of {@link Analysis.Spread#BOUNDS}. */
  record Spread(
      @JsonProperty("under_1m") Amount underMinute,
      @JsonProperty("under_1h") Amount underHour,
      @JsonProperty("under_4h") Amount underFourHours,
      @JsonProperty("under_12h") Amount underTwelveHours,
      @JsonProperty("under_1d") Amount underDay,
      @JsonProperty("under_7d") Amount underWeek,
      @JsonProperty("under_30d") Amount underMonth,
      @JsonProperty("over_30d") Amount overMonth) {
    static Spread of(Analysis.Spread spread) {
      List<Amount> under = spread.under().stream().map(Amount::of).toList();
      return new Spread(
          under.get(0),
          under.get(1),
          under.get(2),
          under.get(3),
          under.get(4),
          under.get(5),
          under.get(6),
          Amount.of(spread.over()));
    }
  }
}
