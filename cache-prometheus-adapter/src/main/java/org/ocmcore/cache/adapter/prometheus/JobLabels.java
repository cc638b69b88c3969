package org.ocmcore.cache.adapter.prometheus;

import java.util.Locale;
import org.ocmcore.cache.domain.job.JobState;

/** The values of labels of jobs. */
final class JobLabels {
  private JobLabels() {}

  static String of(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
