package org.ocmcore.cache.adapter.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The memory that JSON needs while it is parsed, by its length and its parts. */
final class JsonCost {
  /** Characters, the string that they become, and its bytes. */
  private static final long PER_BYTE = 4;

  /** A node of the tree, and its place in the one above. */
  private static final long PER_TOKEN = 64;

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonCost() {}

  /**
   * The memory for this JSON in bytes. Reads the JSON and keeps nothing.
   *
   * @param mostForTree the most bytes of a tree
   * @throws JacksonException if this is not JSON
   * @throws RequestRejected if the tree would need more
   */
  static long of(byte[] json, long mostForTree) {
    long tree = 0;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      while (parser.nextToken() != null) {
        tree += PER_TOKEN;
        if (tree > mostForTree) {
          throw new RequestRejected(
              Kind.BODY_TOO_LARGE,
              "the JSON has more than %d parts; give this service more memory (-Xmx), or store the JSON as a string"
                  .formatted(mostForTree / PER_TOKEN));
        }
      }
    }
    return PER_BYTE * json.length + tree;
  }
}
