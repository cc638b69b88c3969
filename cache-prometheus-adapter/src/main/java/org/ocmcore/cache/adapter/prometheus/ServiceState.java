package org.ocmcore.cache.adapter.prometheus;

import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.monitoring.FleetCounters;
import org.ocmcore.cache.domain.monitoring.KeyFiguresCache;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/** What the metrics are about. All but {@code servers} answer at once. */
public record ServiceState(
    FleetCounters servers,
    KeyTracker tracker,
    KeyFiguresCache keys,
    DumpPort dumps,
    AutoDump autoDump,
    Jobs jobs) {}
