package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpFailed;

/** What becomes of a dump path that is a symbolic link. Folders on the way may always be links. */
public enum SymbolicLinks {
  /** The path is refused. */
  REFUSED,
  /** The path stands for the one that the link leads to, and the link stays. */
  FOLLOWED;

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** {@link #FOLLOWED} if this is true, otherwise {@link #REFUSED}. */
  public static SymbolicLinks followedIf(boolean allowed) {
    return allowed ? FOLLOWED : REFUSED;
  }

  /**
   * The path of the dump file, which is no symbolic link now. The file need not exist.
   *
   * @param file as it was configured; may be relative
   * @param remedy what to do to have links followed, such as "set X=true"
   * @throws DumpFailed if it is a symbolic link and they are refused, or if it leads in a circle
   */
  public Path resolve(Path file, String remedy) {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (this == REFUSED) {
        throw new DumpFailed(refusal(file) + ", or " + remedy);
      }
      if (links == MAX_LINKS) {
        throw new DumpFailed(
            "'%s' is a symbolic link that leads in a circle; name a file".formatted(file));
      }
      target = next(target);
    }
    return target;
  }

  private static Path next(Path link) {
    try {
      return link.resolveSibling(Files.readSymbolicLink(link));
    } catch (IOException e) {
      throw new DumpFailed(
          "the symbolic link '%s' cannot be read: %s".formatted(link, IoMessages.of(e)), e);
    }
  }

  static String refusal(Path file) {
    return "'" + file + "' is a symbolic link; name the file that it leads to";
  }
}
