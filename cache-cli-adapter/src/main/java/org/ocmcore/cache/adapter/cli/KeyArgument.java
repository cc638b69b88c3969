package org.ocmcore.cache.adapter.cli;

import java.util.Base64;
import org.ocmcore.cache.domain.key.CacheKey;
import picocli.CommandLine.Option;

/** How keys are given as arguments. */
final class KeyArgument {
  @Option(
      names = "--base64",
      description = "KEYs are in base64, as key_base64 has them, for keys that are no plain text")
  private boolean isBase64;

  /** @throws WrongUsage if no server holds such a key; says why */
  CacheKey parse(String text) {
    try {
      return isBase64 ? CacheKey.ofBytes(Base64.getDecoder().decode(text)) : CacheKey.of(text);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("KEY is \"%s\": %s%s"
          .formatted(text, e.getMessage(), isBase64 ? "" : "; --base64 takes any bytes"));
    }
  }
}
