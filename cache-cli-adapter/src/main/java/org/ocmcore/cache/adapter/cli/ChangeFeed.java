package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes as they happen. For use by one thread. */
interface ChangeFeed extends AutoCloseable {
  /**
   * What has happened since the last call. Waits a moment if nothing has.
   *
   * @throws RequestProblem if nothing can come any more
   */
  News next();

  /** @throws RequestProblem if nothing could come so far, since nobody has answered */
  default void requireBegun() {}

  @Override
  void close();

  /**
   * What is new.
   *
   * @param changes in the order in which they were reported
   * @param notes what is missing and why, for people
   */
  record News(List<Change> changes, List<String> notes) {
    static final News NONE = new News(List.of(), List.of());
  }

  /**
   * A change, as the API has it.
   *
   * @param kind {@code stored}, {@code deleted} or {@code evicted}
   * @param at when it happened
   * @param sizeBytes of the stored item; empty if it is not known
   */
  record Change(
      String kind,
      String key,
      @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
      String server,
      String at,
      @JsonInclude(Include.NON_ABSENT) OptionalLong sizeBytes) {}

  /** A server and what it reports now. @param reason why some kinds are missing */
  record Followed(
      String address,
      List<String> reports,
      @JsonInclude(Include.NON_ABSENT) Optional<String> reason) {
    public Followed {
      reports = List.copyOf(reports);
    }

    /** What is missing, for people; empty if nothing is. */
    Optional<String> note() {
      return reason.map(why -> "%s reports %s: %s"
          .formatted(address, reports.isEmpty() ? "nothing" : String.join(", ", reports), why));
    }
  }

  /** Changes that are missing. @param count empty if it is not known */
  record Skipped(OptionalLong count, Optional<String> server, String reason) {
    String note() {
      return "%s changes%s are missing: %s"
          .formatted(
              count.isPresent() ? Formats.count(count.getAsLong()) : "some",
              server.map(name -> " of " + name).orElse(""),
              reason.replace('_', ' '));
    }
  }
}
