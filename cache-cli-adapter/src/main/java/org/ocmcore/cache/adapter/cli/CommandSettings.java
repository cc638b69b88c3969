package org.ocmcore.cache.adapter.cli;

import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.query.AppRule;

/** Settings that have been parsed without a problem. */
public interface CommandSettings {
  /** What may be changed. */
  ManagementPolicy management();

  /** Whose values nobody may see. */
  HiddenValues hidden();

  /** Which app a key belongs to. */
  AppRule apps();

  /** How dumps are made. */
  DumpPolicy dumps();

  /** The dump file as it was set. */
  Path dumpFile();

  /** Whether it may be a symbolic link. */
  boolean followsLinks();

  /** All settings in order. */
  List<EffectiveSetting> all();

  /**
   * The names of the servers.
   *
   * @throws InvalidSettings if the store is in this process, where no command finds it
   */
  List<String> requireServers();

  /**
   * A setting.
   *
   * @param value what holds; secrets are masked; empty if there is none
   * @param origin {@code environment} or {@code default}
   * @param meaning in one line
   */
  record EffectiveSetting(String name, String value, String origin, String meaning) {}
}
