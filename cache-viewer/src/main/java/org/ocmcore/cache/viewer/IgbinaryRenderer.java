package org.ocmcore.cache.viewer;

/** PHP's igbinary as a tree. Classes are names only; nothing is loaded. */
final class IgbinaryRenderer implements ValueRenderer {
  @Override
  public ValueFormat format() {
    return ValueFormat.IGBINARY;
  }

  @Override
  public boolean fits(byte[] value) {
    return value.length > 4 && isHeader(new ViewInput("igbinary", value).bigEndian(4));
  }

  private static boolean isHeader(long version) {
    return version == 1 || version == 2;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("igbinary", value, out.budget());
    if (!isHeader(in.bigEndian(4))) {
      throw new DecodingException("igbinary", "the value does not begin with 00 00 00 02");
    }
    new IgbinaryReader(in, out).value();
    in.requireEnd();
  }
}
