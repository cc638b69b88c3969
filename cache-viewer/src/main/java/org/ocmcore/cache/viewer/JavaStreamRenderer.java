package org.ocmcore.cache.viewer;

/** A Java serialization stream as a tree. The grammar is read here, and no class is loaded. */
final class JavaStreamRenderer implements ValueRenderer {
  private static final long MAGIC_AND_VERSION = 0xaced0005L;

  @Override
  public ValueFormat format() {
    return ValueFormat.JAVA;
  }

  @Override
  public boolean fits(byte[] value) {
    return value.length > 4 && new ViewInput("java", value).bigEndian(4) == MAGIC_AND_VERSION;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("java", value, out.budget());
    if (in.bigEndian(4) != MAGIC_AND_VERSION) {
      throw new DecodingException("java", "the value does not begin with ac ed 00 05");
    }
    JavaStreamReader reader = new JavaStreamReader(in, out);
    reader.content();
    while (!in.isAtEnd()) {
      out.line();
      reader.content();
    }
  }
}
