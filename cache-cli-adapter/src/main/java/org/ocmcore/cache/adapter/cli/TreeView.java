package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.query.Level;

/** A level of the namespace tree, as the API has it. */
record TreeView(
    String prefix,
    @JsonInclude(Include.NON_ABSENT) Optional<String> prefixBase64,
    String delimiter,
    @JsonInclude(Include.NON_ABSENT) Optional<String> delimiterBase64,
    List<Child> children,
    long totalChildren,
    boolean truncated,
    @JsonUnwrapped Sums totals,
    @JsonUnwrapped FreshnessView freshness) {
  TreeView {
    children = List.copyOf(children);
  }

  static TreeView of(Level level) {
    return new TreeView(
        level.prefix().toString(),
        Views.base64(level.prefix()),
        level.delimiter().toString(),
        Views.base64(level.delimiter()),
        level.children().stream().map(child -> Child.of(level, child)).toList(),
        level.totalChildren(),
        level.isTruncated(),
        Sums.of(level.totals()),
        FreshnessView.of(level.freshness()));
  }

  /** A child of the level. @param isKey whether prefix and name alone are a key, too */
  record Child(
      String name,
      @JsonInclude(Include.NON_ABSENT) Optional<String> nameBase64,
      String prefix,
      @JsonInclude(Include.NON_ABSENT) Optional<String> prefixBase64,
      boolean isKey,
      @JsonUnwrapped Sums sums) {
    static Child of(Level level, Level.Child child) {
      boolean needsBytes = child.isKey() && !level.keyOf(child).isAddressable();
      return new Child(
          child.name().toString(),
          Views.base64(child.name(), needsBytes),
          child.prefix().toString(),
          Views.base64(child.prefix(), needsBytes),
          child.isKey(),
          Sums.of(child.sums()));
    }
  }

  /** What keys add up to. @param neverExpire how many of them */
  record Sums(long keys, long bytes, long neverExpire) {
    static Sums of(RangeSummary sums) {
      return new Sums(sums.keys(), sums.bytes(), sums.never());
    }
  }
}
