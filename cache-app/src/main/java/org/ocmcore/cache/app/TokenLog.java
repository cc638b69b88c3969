package org.ocmcore.cache.app;

import java.nio.file.Path;
import org.ocmcore.cache.adapter.file.TokenFile;
import org.ocmcore.cache.domain.access.Tokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what becomes of a changed file of tokens. */
final class TokenLog implements TokenFile.Events {
  private static final Logger LOG = LoggerFactory.getLogger(TokenLog.class);

  @Override
  public void replaced(Path file, Tokens tokens) {
    LOG.info("{} was read again: it has {} tokens", file, tokens.all().size());
  }

  @Override
  public void kept(Path file, String reason) {
    LOG.warn("{} has changed and is not usable, so the tokens stay as they were: {}", file, reason);
  }
}
