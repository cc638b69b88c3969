package org.ocmcore.cache.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.client.Codec;

/** Writes users as {@code name=logins}, a list of them one a line. */
final class UserCodec implements Codec {
  @Override
  public byte[] encode(Object value) {
    List<?> users = value instanceof List<?> list ? list : List.of(value);
    return users.stream()
        .map(User.class::cast)
        .map(user -> user.name() + "=" + user.logins())
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    List<User> users = Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n"))
        .map(line -> line.split("="))
        .map(parts -> new User(parts[0], Integer.parseInt(parts[1])))
        .toList();
    return type instanceof ParameterizedType ? users : users.get(0);
  }
}
