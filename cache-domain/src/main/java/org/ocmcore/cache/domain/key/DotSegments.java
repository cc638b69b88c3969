package org.ocmcore.cache.domain.key;

/**
 * The segments {@code .} and {@code ..}, also with parameters, as in {@code ..;a=b}. Clients and
 * proxies resolve them, some even if they or the slashes around them are percent-encoded, or the
 * slashes are backslashes.
 */
public final class DotSegments {
  private DotSegments() {}

  /**
   * Whether one is in this decoded path, or part of a path.
   *
   * @param from its first byte
   * @param to the byte behind its last
   */
  public static boolean areIn(byte[] path, int from, int to) {
    int dot = AsciiScan.indexOf(path, from, to, '.');
    while (dot < to) {
      if ((dot == from || isSlash(path[dot - 1])) && isOne(path, dot, to)) {
        return true;
      }
      dot = AsciiScan.indexOf(path, dot + 1, to, '.');
    }
    return false;
  }

  /** Whether the segment that begins with this dot is one of them. */
  private static boolean isOne(byte[] path, int dot, int to) {
    int end = dot + 1 < to && path[dot + 1] == '.' ? dot + 2 : dot + 1;
    return end == to || path[end] == ';' || isSlash(path[end]);
  }

  private static boolean isSlash(byte b) {
    return b == '/' || b == '\\';
  }
}
