package org.ocmcore.cache.domain.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Converts points, and lists of points. */
final class PointCodec implements Codec {
  record Point(int x, int y) {
    static Point parse(String text) {
      String[] parts = text.split(",", -1);
      return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return x + "," + y;
    }
  }

  @Override
  public byte[] encode(Object value) {
    String text = value instanceof List<?> points
        ? points.stream().map(Object::toString).collect(Collectors.joining(";"))
        : ((Point) value).toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return type instanceof ParameterizedType
        ? Arrays.stream(text.split(";")).map(Point::parse).toList()
        : Point.parse(text);
  }
}
