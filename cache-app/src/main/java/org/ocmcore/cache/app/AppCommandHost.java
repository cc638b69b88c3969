package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.ocmcore.cache.adapter.cli.AuditCheck;
import org.ocmcore.cache.adapter.cli.CommandHost;
import org.ocmcore.cache.adapter.cli.CommandSettings;
import org.ocmcore.cache.adapter.cli.CommandTimer;
import org.ocmcore.cache.adapter.cli.DirectServers;
import org.ocmcore.cache.adapter.file.AuditVerifier;
import org.ocmcore.cache.adapter.file.DumpLock;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.adapter.file.FileFormat;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.adapter.file.TokenFile;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.query.AppRule;

/** Gives the command line what the other adapters and the settings have. */
final class AppCommandHost implements CommandHost {
  private final IntSupplier service;

  /** @param service starts the service; see {@link CommandHost#serve} */
  AppCommandHost(IntSupplier service) {
    this.service = service;
  }

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public int serve() {
    return service.getAsInt();
  }

  @Override
  public CommandSettings settings(Map<String, String> environment) {
    return new AppCommandSettings(AppConfig.from(environment));
  }

  @Override
  public AppRule apps(Map<String, String> environment) {
    return AppRuleSettings.from(environment);
  }

  @Override
  public HiddenValues hidden(Map<String, String> environment) {
    return AppConfig.hidden(environment);
  }

  @Override
  public List<String> fileFormats() {
    return FileFormat.names();
  }

  @Override
  public DumpSource openFile(Path file, boolean followsLinks, Optional<String> format, Instant now)
      throws IOException {
    Path real = resolve(file, followsLinks, "add --follow-symlinks");
    FileFormat known =
        format.isPresent() ? FileFormat.named(format.get()).orElseThrow() : FileFormat.detect(real);
    return known.source(real, now);
  }

  @Override
  public DumpPort dumps(Path file) {
    DumpLock.requireFree(file);
    return new FileDumps(file);
  }

  @Override
  public Path resolve(Path file, boolean followsLinks, String remedy) {
    return SymbolicLinks.followedIf(followsLinks).resolve(file, remedy);
  }

  @Override
  public Tokens tokens(Path file) {
    return TokenFile.read(file);
  }

  @Override
  public AuditCheck checkAudit(List<Path> files, Optional<String> remembered) throws IOException {
    List<Path> all = files.size() == 1 ? AuditVerifier.filesOf(files.get(0)) : files;
    AuditVerifier.Result result = AuditVerifier.verify(all, remembered);
    return new AuditCheck(
        all.size(),
        result.lines(),
        result.first(),
        result.last(),
        result.from(),
        result.to(),
        result.lastHash(),
        result.damage());
  }

  @Override
  public Pause pause() {
    return Threads::pause;
  }

  @Override
  public CommandTimer timer(Executor executor) {
    return new ThreadScheduler(executor);
  }

  @Override
  public DirectServers open(CommandSettings settings, Clock clock) {
    return DirectStore.open(((AppCommandSettings) settings).config(), clock);
  }
}
