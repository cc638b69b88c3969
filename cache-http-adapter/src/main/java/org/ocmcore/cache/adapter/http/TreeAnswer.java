package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.Level;

/**
 * A level of the namespace tree. A component called {@code ...Base64} has the bytes of what is not
 * text or names a key that its readable form does not address, and is left out otherwise.
 */
record TreeAnswer(
    String prefix,
    @JsonInclude(Include.NON_ABSENT) Optional<String> prefixBase64,
    String delimiter,
    @JsonInclude(Include.NON_ABSENT) Optional<String> delimiterBase64,
    Iterable<Child> children,
    long totalChildren,
    boolean truncated,
    @JsonUnwrapped Sums totals,
    @JsonUnwrapped FreshnessAnswer freshness) {
  static TreeAnswer of(Level level) {
    return new TreeAnswer(
        level.prefix().toString(),
        base64(level.prefix(), false),
        level.delimiter().toString(),
        base64(level.delimiter(), false),
        () -> level.children().stream().map(child -> Child.of(level, child)).iterator(),
        level.totalChildren(),
        level.isTruncated(),
        Sums.of(level.totals()),
        FreshnessAnswer.of(level.freshness()));
  }

  /** @param needsBytes whether the readable form of the key does not address it */
  private static Optional<String> base64(KeyBytes part, boolean needsBytes) {
    return needsBytes || !part.isVerbatim()
        ? Optional.of(KeyName.base64(part.bytes()))
        : Optional.empty();
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
          base64(child.name(), needsBytes),
          child.prefix().toString(),
          base64(child.prefix(), needsBytes),
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
