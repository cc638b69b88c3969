package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.query.AppRule;

/** What commands need from the program around them. The program implements it. */
public interface CommandHost {
  /** The version of the program. */
  String version();

  /**
   * Starts the service with the settings of the environment, and returns when it has started or has
   * failed to; prints what it says.
   *
   * @return the exit status
   */
  int serve();

  /**
   * Parses settings.
   *
   * @param environment the environment variables
   * @throws InvalidSettings if anything is wrong, with all problems
   */
  CommandSettings settings(Map<String, String> environment);

  /** The rule of apps alone; throws {@link InvalidSettings} if its settings are wrong. */
  AppRule apps(Map<String, String> environment);

  /** The hidden values alone; throws {@link InvalidSettings} if their setting is wrong. */
  HiddenValues hidden(Map<String, String> environment);

  /** The names of the formats that {@link #openFile} takes. */
  List<String> fileFormats();

  /**
   * A file as a single dump, opened read-only.
   *
   * @param followsLinks whether the file may be a symbolic link
   * @param format one of {@link #fileFormats}; empty to recognise it by the content
   * @param now lifetimes in seconds begin here
   * @throws IOException if it cannot be read
   */
  DumpSource openFile(Path file, boolean followsLinks, Optional<String> format, Instant now)
      throws IOException;

  /**
   * Where dumps under this name are written.
   *
   * @param file as {@link #resolve} gives it
   * @throws org.ocmcore.cache.domain.error.DumpFailed if no dump can be written there now
   */
  DumpPort dumps(Path file);

  /**
   * The path of a dump file, which is no symbolic link now.
   *
   * @param remedy what to do to have links followed
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it is a link that may not be followed
   */
  Path resolve(Path file, boolean followsLinks, String remedy);

  /**
   * The tokens in a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line of it is broken; says why
   */
  Tokens tokens(Path file);

  /**
   * Checks an audit log.
   *
   * @param files its files, oldest first, or one that stands for all
   * @param remembered the hash of a line that must be there; empty for none
   * @throws IOException if a file cannot be read; names it
   */
  AuditCheck checkAudit(List<Path> files, Optional<String> remembered) throws IOException;

  /** A precise pause. */
  Pause pause();

  /** Keeps time; due tasks run on this executor. */
  CommandTimer timer(Executor executor);

  /** Opens the servers. @param settings of this host */
  DirectServers open(CommandSettings settings, Clock clock);
}
