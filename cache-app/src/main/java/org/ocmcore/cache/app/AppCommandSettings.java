package org.ocmcore.cache.app;

import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.adapter.cli.CommandSettings;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.query.AppRule;

/** The configuration of the service as commands see it. */
record AppCommandSettings(AppConfig config) implements CommandSettings {
  @Override
  public ManagementPolicy management() {
    return config.access().management();
  }

  @Override
  public HiddenValues hidden() {
    return config.access().hidden();
  }

  @Override
  public AppRule apps() {
    return config.apps();
  }

  @Override
  public DumpPolicy dumps() {
    return config.dumps().policy();
  }

  @Override
  public Path dumpFile() {
    return config.dumps().file();
  }

  @Override
  public boolean followsLinks() {
    return config.dumps().links() == SymbolicLinks.FOLLOWED;
  }

  @Override
  public List<EffectiveSetting> all() {
    return config.effective().entrySet().stream()
        .map(setting -> new EffectiveSetting(
            setting.getKey().name(),
            setting.getValue().text(),
            setting.getValue().origin(),
            setting.getKey().meaning()))
        .toList();
  }

  @Override
  public List<String> requireServers() {
    return config.requireServers().settings().servers();
  }
}
