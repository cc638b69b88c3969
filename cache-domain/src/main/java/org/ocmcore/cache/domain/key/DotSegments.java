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
    int begin = from;
    for (int i = from; i <= to; i++) {
      if (i == to || path[i] == '/' || path[i] == '\\') {
        if (isOne(path, begin, i)) {
          return true;
        }
        begin = i + 1;
      }
    }
    return false;
  }

  private static boolean isOne(byte[] path, int begin, int end) {
    int i = begin;
    while (i < end && path[i] == '.') {
      i++;
    }
    return i > begin && i - begin <= 2 && (i == end || path[i] == ';');
  }
}
