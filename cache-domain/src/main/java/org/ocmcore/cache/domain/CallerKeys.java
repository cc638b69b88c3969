package org.ocmcore.cache.domain;

import java.util.List;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.AppFinder;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreRequest;

/** The keys and jobs that a caller may see and change. */
record CallerKeys(Caller caller, AppRule apps) {
  /** @throws OutsideApps unless the caller may see all apps */
  void requireAll() {
    if (!caller.apps().isAll()) {
      throw OutsideApps.ofEverything(caller.name(), caller.apps().toString());
    }
  }

  /** The same for entries whose keys the caller may change. */
  RestoreRequest limited(RestoreRequest request) {
    return request.with(request.filter().within(caller.apps()));
  }

  /**
   * The same as {@link #limited}.
   *
   * @throws OutsideApps if it is for servers that lost their items, which the keys of all apps
   *     show, and the caller may not see all
   */
  RestoreRequest permitted(RestoreRequest request) {
    if (request.coldOnly()) {
      requireAll();
    }
    return limited(request);
  }

  /** @throws OutsideApps if one of the keys is of another app */
  void require(List<CacheKey> keys) {
    if (caller.apps().isAll()) {
      return;
    }
    AppFinder finder = apps.finder();
    for (CacheKey key : keys) {
      if (!caller.apps().includes(finder.appOf(key))) {
        throw OutsideApps.ofKey(key.toString(), caller.name(), caller.apps().toString());
      }
    }
  }

  /** @throws OutsideApps if it is another app */
  void require(AppName app) {
    if (!caller.apps().includes(app)) {
      throw OutsideApps.ofApp(app.name(), caller.name(), caller.apps().toString());
    }
  }

  /** Whether the caller may see the job; see {@link JobOwner#maySee}. */
  boolean maySee(Job job) {
    return caller.owner().maySee(job.owner());
  }

  /** @throws JobNotFound if the caller may not see it */
  Job requireVisible(Job job) {
    if (!maySee(job)) {
      throw new JobNotFound(job.id());
    }
    return job;
  }
}
