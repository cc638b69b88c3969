package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.access.Token;

/** A file of tokens whose secrets are their names. */
final class TokensOnDisk {
  private TokensOnDisk() {}

  /** @param tokens each a name, a role, and perhaps more, as in {@code shop viewer apps=shop} */
  static Path write(Path folder, String... tokens) {
    try {
      return Files.writeString(
          folder.resolve("tokens"),
          Arrays.stream(tokens).map(TokensOnDisk::line).collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(String token) {
    String[] words = token.split(" ", 3);
    return "%s %s sha256:%s %s"
        .formatted(words[0], words[1], Token.hash(words[0]), words.length > 2 ? words[2] : "");
  }
}
