package org.ocmcore.cache.domain.query;

import java.nio.ByteBuffer;
import java.util.List;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * One level of a tree of keys. What follows the prefix in a key, up to the first delimiter or else
 * to the end, is a name, and all keys with that name are a child: exactly {@code prefix + name},
 * which is then a key itself, and all that begin with {@code prefix + name + delimiter}.
 *
 * <p>So every key that begins with the prefix belongs to one child, and a key is in the next level
 * of a child if anything, even nothing, follows the delimiter: {@code a:} is a key below the child
 * {@code a}, with an empty name there. Names may be empty for the same reason: the prefix itself is
 * the key of the child without a name, and delimiters that follow each other have empty names
 * between them.
 *
 * @param prefix what all keys of this level begin with
 * @param delimiter what stands between names
 * @param children the first of them, in the order that was asked for
 * @param totalChildren how many there are
 * @param totals what all of them add up to
 * @param freshness how much this is worth
 */
public record Level(
    KeyBytes prefix,
    KeyBytes delimiter,
    List<Child> children,
    long totalChildren,
    RangeSummary totals,
    Freshness freshness) {
  public Level {
    children = List.copyOf(children);
  }

  /** Whether there are more children than are shown. */
  public boolean isTruncated() {
    return children.size() < totalChildren;
  }

  /**
   * The key that is exactly prefix and name.
   *
   * @param child of this level that {@linkplain Child#isKey is a key}
   */
  public CacheKey keyOf(Child child) {
    ByteBuffer key = ByteBuffer.allocate(prefix.length() + child.name.length());
    return CacheKey.ofBytes(key.put(prefix.bytes()).put(child.name.bytes()).array());
  }

  /**
   * Keys with the same name.
   *
   * @param name what stands between the level's prefix and the delimiter or the end
   * @param prefix the prefix of the level below, if there is any; otherwise the key
   * @param isKey whether prefix and name alone are a key, too
   * @param sums what they add up to, that key among them
   */
  public record Child(KeyBytes name, KeyBytes prefix, boolean isKey, RangeSummary sums) {}
}
