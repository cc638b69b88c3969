package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.query.AppRule;

/** A host whose servers and files all fail, and which counts how often they were asked for. */
final class RefusingHost implements CommandHost {
  private static final String SERVER = "127.0.0.1:11211";

  private int asked;

  /** How often servers or the service were asked for. */
  int asked() {
    return asked;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public int serve() {
    asked++;
    return Exit.FAILED;
  }

  @Override
  public CommandSettings settings(Map<String, String> environment) {
    return new Settings();
  }

  @Override
  public AppRule apps(Map<String, String> environment) {
    return AppRule.DEFAULT;
  }

  @Override
  public HiddenValues hidden(Map<String, String> environment) {
    return HiddenValues.NONE;
  }

  @Override
  public List<String> fileFormats() {
    return List.of("cache", "csv");
  }

  @Override
  public DumpSource openFile(Path file, boolean followsLinks, Optional<String> format, Instant now)
      throws IOException {
    throw new IOException(file + " cannot be read");
  }

  @Override
  public DumpPort dumps(Path file) {
    throw new DumpFailed("no dump can be written to " + file);
  }

  @Override
  public Path resolve(Path file, boolean followsLinks, String remedy) {
    return file;
  }

  @Override
  public Tokens tokens(Path file) {
    throw new IllegalArgumentException("it cannot be read");
  }

  @Override
  public AuditCheck checkAudit(List<Path> files, Optional<String> remembered) throws IOException {
    throw new IOException(files + " cannot be read");
  }

  @Override
  public Pause pause() {
    return time -> {};
  }

  @Override
  public CommandTimer timer(Executor executor) {
    return new CommandTimer() {
      @Override
      public Scheduled after(Duration delay, Runnable work) {
        return () -> {};
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public DirectServers open(CommandSettings settings, Clock clock) {
    asked++;
    throw new StoreUnavailable(SERVER, "open", "it refuses", null);
  }

  private record Settings() implements CommandSettings {
    @Override
    public ManagementPolicy management() {
      return ManagementPolicy.of(Environment.DEVELOPMENT);
    }

    @Override
    public HiddenValues hidden() {
      return HiddenValues.NONE;
    }

    @Override
    public AppRule apps() {
      return AppRule.DEFAULT;
    }

    @Override
    public DumpPolicy dumps() {
      return DumpPolicy.every(Duration.ZERO, new Retention(1, 0));
    }

    @Override
    public Path dumpFile() {
      return Path.of("dump.json");
    }

    @Override
    public boolean followsLinks() {
      return false;
    }

    @Override
    public List<EffectiveSetting> all() {
      return List.of(new EffectiveSetting("MEMCACHED_SERVERS", SERVER, "default", "the servers"));
    }

    @Override
    public List<String> requireServers() {
      return List.of(SERVER);
    }
  }
}
