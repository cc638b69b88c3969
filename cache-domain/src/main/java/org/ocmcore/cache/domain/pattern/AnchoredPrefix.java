package org.ocmcore.cache.domain.pattern;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The bytes that each key begins with in which an expression is found.
 *
 * @param bytes none if keys may begin with anything
 * @param isWhole whether the expression is found in every key that begins with them
 */
record AnchoredPrefix(byte[] bytes, boolean isWhole) {
  private static final int ASCII_END = 128;

  /**
   * The ASCII characters that follow a {@code ^} or {@code \A} at the beginning; none if the
   * expression begins otherwise or has alternatives. The prefix ends before the first character
   * beyond ASCII, since that one is other bytes in a key that is not UTF-8. It also ends before the
   * first group, so it may be shorter than it could be.
   */
  static AnchoredPrefix of(RegexTree tree) {
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    List<RegexNode> parts = tree.parts();
    boolean isWhole = false;
    if (!parts.isEmpty() && isBegin(parts.get(0))) {
      int part = 1;
      while (part < parts.size() && isAsciiLiteral(parts.get(part))) {
        prefix.write(((RegexNode.Literal) parts.get(part)).character());
        part++;
      }
      isWhole = part == parts.size();
      if (part < parts.size()
          && parts.get(part) instanceof RegexNode.Repetition repetition
          && isAsciiLiteral(repetition.body())
          && !tree.isRepeatedAgain(part)) {
        int character = ((RegexNode.Literal) repetition.body()).character();
        for (int i = Math.min(repetition.min(), CacheKey.MAX_BYTES); i > 0; i--) {
          prefix.write(character);
        }
      }
    }
    return new AnchoredPrefix(prefix.toByteArray(), isWhole);
  }

  private static boolean isBegin(RegexNode node) {
    return node instanceof RegexNode.Assertion assertion
        && assertion.kind() == RegexNode.Assertion.Kind.BEGIN
        && assertion.flags() == 0;
  }

  private static boolean isAsciiLiteral(RegexNode node) {
    return node instanceof RegexNode.Literal literal
        && literal.character() < ASCII_END
        && literal.flags() == 0;
  }
}
