package org.ocmcore.cache.domain.key;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The apps whose keys a caller may see and change.
 *
 * @param only these apps, sorted; empty for all
 */
public record AppScope(Optional<SortedSet<AppName>> only) {
  /** All apps. */
  public static final AppScope ALL = new AppScope(Optional.empty());

  public AppScope {
    only = only.map(apps -> Collections.unmodifiableSortedSet(new TreeSet<>(apps)));
  }

  /** These apps and no others. */
  public static AppScope of(Collection<AppName> apps) {
    return new AppScope(Optional.of(new TreeSet<>(apps)));
  }

  /** Whether it has all apps. */
  public boolean isAll() {
    return only.isEmpty();
  }

  /** Whether it has this app. */
  public boolean includes(AppName app) {
    return only.isEmpty() || only.get().contains(app);
  }

  /** Whether the other one has all apps of this one. */
  public boolean isWithin(AppScope other) {
    return other.isAll() || !isAll() && other.only.get().containsAll(only.get());
  }

  /** The apps of both scopes. */
  public AppScope and(AppScope other) {
    if (isAll()) {
      return other;
    }
    Set<AppName> both = new TreeSet<>(only.get());
    both.removeIf(app -> !other.includes(app));
    return of(both);
  }

  /** The names, separated by commas. */
  @Override
  public String toString() {
    return only.map(apps -> String.join(", ", apps.stream().map(AppName::name).toList()))
        .orElse("all");
  }
}
