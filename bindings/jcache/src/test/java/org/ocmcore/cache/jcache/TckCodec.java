package org.ocmcore.cache.jcache;

import domain.Beagle;
import domain.BorderCollie;
import domain.Chihuahua;
import domain.Dachshund;
import domain.Dog;
import domain.Identifier;
import domain.Papillon;
import domain.RoughCoatedCollie;
import domain.Sex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.client.Codec;

/** Writes the types of the TCK's values, each with a letter for its type. */
final class TckCodec implements Codec {
  private static final List<Supplier<Dog>> BREEDS = List.of(
      Beagle::new,
      BorderCollie::new,
      Chihuahua::new,
      Dachshund::new,
      Papillon::new,
      RoughCoatedCollie::new);

  @Override
  public byte[] encode(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value instanceof String text) {
      out.writeChar('S');
      out.writeUTF(text);
    } else if (value instanceof Integer number) {
      out.writeChar('I');
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeChar('L');
      out.writeLong(number);
    } else if (value instanceof Date date) {
      out.writeChar('T');
      out.writeLong(date.getTime());
    } else if (value instanceof Dog dog) {
      out.writeChar('D');
      writeDog(out, dog);
    } else {
      throw new IllegalArgumentException("no codec for " + value.getClass());
    }
  }

  private static void writeDog(DataOutputStream out, Dog dog) throws IOException {
    int breed = 0;
    while (BREEDS.get(breed).get().getClass() != dog.getClass()) {
      breed++;
    }
    out.writeInt(breed);
    out.writeUTF(dog.getName().toString());
    out.writeUTF(dog.getColor() == null ? "" : dog.getColor());
    out.writeInt(dog.getWeight());
    out.writeLong(dog.getLengthInCm());
    out.writeLong(dog.getHeight());
    out.writeUTF(dog.getSex() == null ? "" : dog.getSex().name());
    out.writeBoolean(dog.isNeutered());
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      char kind = in.readChar();
      return switch (kind) {
        case 'S' -> in.readUTF();
        case 'I' -> in.readInt();
        case 'L' -> in.readLong();
        case 'T' -> new Date(in.readLong());
        case 'D' -> readDog(in);
        default -> throw new IllegalArgumentException("no type has the letter " + kind);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dog readDog(DataInputStream in) throws IOException {
    Dog dog = BREEDS.get(in.readInt()).get().name(new Identifier(in.readUTF()));
    String color = in.readUTF();
    dog.color(color.isEmpty() ? null : color)
        .weight(in.readInt())
        .length(in.readLong())
        .height(in.readLong());
    String sex = in.readUTF();
    return dog.sex(sex.isEmpty() ? null : Sex.valueOf(sex)).neutered(in.readBoolean());
  }
}
