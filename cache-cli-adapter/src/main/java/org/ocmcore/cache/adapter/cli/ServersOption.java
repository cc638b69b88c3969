package org.ocmcore.cache.adapter.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The servers that a verb asks directly. */
final class ServersOption {
  private static final String NAME = "--servers";
  private static final String SETTING = "MEMCACHED_SERVERS";

  @Option(
      names = NAME,
      paramLabel = "H:P,...",
      description = "ask these servers directly; instead of " + SETTING)
  private String servers;

  boolean isGiven() {
    return servers != null;
  }

  /** The environment with these servers in the place of those that it names, if they are given. */
  Map<String, String> applyTo(Map<String, String> environment) {
    Map<String, String> changed = new HashMap<>(environment);
    if (isGiven()) {
      changed.keySet().removeIf(name -> name.matches("CACHE_BACKEND|MEMCACHED_(HOST|PORT)"));
      changed.put(SETTING, servers);
    }
    return changed;
  }

  /** What errors call the setting that the option replaces. */
  Map<String, String> names() {
    return isGiven() ? Map.of(SETTING, NAME) : Map.of();
  }

  /** The settings with these servers. @throws InvalidSettings that names this option */
  CommandSettings settings(CommandHost host, CommandContext context) {
    try {
      CommandSettings settings = host.settings(applyTo(context.environment()));
      settings.requireServers();
      return settings;
    } catch (InvalidSettings e) {
      throw e.renamed(names());
    }
  }
}
