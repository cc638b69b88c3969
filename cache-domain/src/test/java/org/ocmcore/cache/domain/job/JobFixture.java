package org.ocmcore.cache.domain.job;

import java.time.Duration;
import org.ocmcore.cache.domain.testing.ManualExecutor;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedJobs;

/** What the tests of Jobs share. */
abstract class JobFixture {
  static final JobKind FREE = JobKind.of("count");
  static final JobKind DIG = JobKind.oneOf("earthwork", "dig");
  static final JobKind FILL = JobKind.oneOf("earthwork", "fill");
  static final Duration LONG = Duration.ofMinutes(1);
  final MutableClock clock = new MutableClock();
  final ManualExecutor executor = new ManualExecutor();
  final RecordedJobs ended = new RecordedJobs();
  final Jobs jobs = new Jobs(executor, clock, ended);

  JobSnapshot newest() {
    return jobs.recent().get(0).snapshot();
  }
}
