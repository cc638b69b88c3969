package org.ocmcore.cache.viewer;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** Reads the contents of one Java serialization stream, and writes them as a tree. */
final class JavaStreamReader {
  private static final int NULL = 0x70;
  private static final int REFERENCE = 0x71;
  private static final int CLASS_DESCRIPTOR = 0x72;
  private static final int OBJECT = 0x73;
  private static final int STRING = 0x74;
  private static final int ARRAY = 0x75;
  private static final int CLASS = 0x76;
  private static final int BLOCK_DATA = 0x77;
  private static final int END_OF_BLOCK_DATA = 0x78;
  private static final int RESET = 0x79;
  private static final int LONG_BLOCK_DATA = 0x7a;
  private static final int EXCEPTION = 0x7b;
  private static final int LONG_STRING = 0x7c;
  private static final int PROXY_DESCRIPTOR = 0x7d;
  private static final int ENUM = 0x7e;
  private static final long FIRST_HANDLE = 0x7e0000;

  private static final int HAS_WRITE_METHOD = 0x01;
  private static final int IS_SERIALIZABLE = 0x02;
  private static final int IS_EXTERNALIZABLE = 0x04;
  private static final int HAS_BLOCK_DATA = 0x08;
  /** More than a handle, a label or a field takes beside its text. */
  private static final long PER_HANDLE = 160;

  private static final int MAX_PARENTS = 100;

  /** What is shown for a reference to an object. */
  private record Label(String text) {}

  private final ViewInput in;
  private final ViewOutput out;
  private final JavaPrimitives primitives;
  /** Descriptors, strings, and labels of other objects. */
  private final List<Object> handles = new ArrayList<>();

  JavaStreamReader(ViewInput in, ViewOutput out) {
    this.in = in;
    this.out = out;
    this.primitives = new JavaPrimitives(in, out);
  }

  void content() {
    int type = in.u8();
    switch (type) {
      case NULL -> out.text("null");
      case REFERENCE -> reference();
      case CLASS_DESCRIPTOR, PROXY_DESCRIPTOR ->
        out.text("descriptor of ").text(newDescriptor(type).name());
      case OBJECT -> object();
      case STRING, LONG_STRING -> {
        String text = primitives.text(type == STRING ? 2 : 8);
        keep(text, 2L * text.length());
        Utf8Text.quote(text, out);
      }
      case ARRAY -> array();
      case CLASS -> {
        out.text("class ").text(nameOf(descriptor()));
        keep(new Label("a class"), 0);
      }
      case BLOCK_DATA -> blockData(in.u8());
      case LONG_BLOCK_DATA -> blockData(in.bigEndian(4));
      case RESET -> {
        handles.clear();
        out.text("reset");
      }
      case EXCEPTION -> {
        handles.clear();
        out.text("writing failed with ").nest();
        content();
        out.unnest();
        handles.clear();
      }
      case ENUM -> constant();
      default -> throw in.malformed(String.format("there is no content %02x", type));
    }
  }

  private void keep(Object handle, long bytes) {
    out.budget().keep(PER_HANDLE + bytes);
    handles.add(handle);
  }

  private Object handle() {
    long handle = in.bigEndian(4) - FIRST_HANDLE;
    if (handle < 0 || handle >= handles.size()) {
      throw in.malformed("a reference points to nothing");
    }
    return handles.get((int) handle);
  }

  private void reference() {
    Object target = handle();
    if (target instanceof String text) {
      Utf8Text.quote(text, out);
    } else if (target instanceof JavaClassDescriptor descriptor) {
      out.text("descriptor of ").text(descriptor.name());
    } else {
      out.text(((Label) target).text());
    }
  }

  private void blockData(long length) {
    out.text("data ");
    in.quote(length, out);
  }

  private void constant() {
    out.text("enum ").text(nameOf(descriptor())).text(" ");
    keep(new Label("enum constant #" + handles.size()), 0);
    out.nest();
    content();
    out.unnest();
  }

  private static String nameOf(JavaClassDescriptor descriptor) {
    return descriptor == null ? "null" : descriptor.name();
  }

  /** Null if there is none. */
  private JavaClassDescriptor descriptor() {
    int type = in.u8();
    if (type == NULL) {
      return null;
    }
    if (type == REFERENCE) {
      if (handle() instanceof JavaClassDescriptor descriptor) {
        return descriptor;
      }
      throw in.malformed("a reference must point to a class");
    }
    return newDescriptor(type);
  }

  private JavaClassDescriptor newDescriptor(int type) {
    JavaClassDescriptor descriptor;
    out.nest();
    if (type == CLASS_DESCRIPTOR) {
      descriptor = new JavaClassDescriptor(Utf8Text.name(primitives.text(2)));
      // The serialVersionUID.
      in.bigEndian(8);
      keep(descriptor, 2L * descriptor.name().length());
      descriptor.setFlags(in.u8());
      fields(descriptor);
    } else if (type == PROXY_DESCRIPTOR) {
      long count = in.size(in.bigEndian(4));
      List<String> names = new ArrayList<>();
      int handle = handles.size();
      keep(new Label("a proxy"), 0);
      for (long i = 0; i < count; i++) {
        names.add(Utf8Text.name(primitives.text(2)));
        out.budget().keep(PER_HANDLE + 4L * names.get(names.size() - 1).length());
      }
      descriptor = new JavaClassDescriptor("proxy of " + String.join(", ", names));
      descriptor.setFlags(IS_SERIALIZABLE);
      handles.set(handle, descriptor);
    } else {
      throw in.malformed(String.format("there is no descriptor %02x", type));
    }
    annotations();
    descriptor.setParent(descriptor());
    out.unnest();
    return descriptor;
  }

  private void fields(JavaClassDescriptor descriptor) {
    long count = in.bigEndian(2);
    for (long i = 0; i < count; i++) {
      char type = (char) in.u8();
      if ("BCDFIJSZL[".indexOf(type) < 0) {
        throw in.malformed("there is no type '" + type + "'");
      }
      var field = new JavaClassDescriptor.Field(type, Utf8Text.name(primitives.text(2)));
      out.budget().keep(PER_HANDLE + 2L * field.name().length());
      descriptor.fields().add(field);
      if (!field.isPrimitive()) {
        typeName();
      }
    }
  }

  private void typeName() {
    int type = in.u8();
    if (type == REFERENCE) {
      handle();
    } else if (type == STRING) {
      String name = primitives.text(2);
      keep(name, 2L * name.length());
    } else {
      throw in.malformed("the type of a field is a string");
    }
  }

  /** What classes write beside their fields. */
  private void annotations() {
    while (in.peek() != END_OF_BLOCK_DATA) {
      out.line();
      content();
    }
    in.u8();
  }

  private void object() {
    out.text("object ");
    JavaClassDescriptor descriptor = descriptor();
    if (descriptor == null) {
      throw in.malformed("an object needs a class");
    }
    String label = label();
    out.text(descriptor.name()).text(label).text(" {").enter();
    for (JavaClassDescriptor each : fromTheTop(descriptor)) {
      data(each);
    }
    out.leave();
    out.line().text("}");
  }

  /** A number for the object just begun, by which references name it. */
  private String label() {
    String label = "#" + handles.size();
    keep(new Label("same object as " + label), 0);
    return " " + label;
  }

  private List<JavaClassDescriptor> fromTheTop(JavaClassDescriptor descriptor) {
    LinkedList<JavaClassDescriptor> classes = new LinkedList<>();
    for (var each = descriptor; each != null; each = each.parent()) {
      if (classes.size() == MAX_PARENTS) {
        throw in.malformed("a class has more than " + MAX_PARENTS + " superclasses");
      }
      classes.addFirst(each);
    }
    return classes;
  }

  private void data(JavaClassDescriptor descriptor) {
    if (descriptor.hasFlag(IS_EXTERNALIZABLE)) {
      if (!descriptor.hasFlag(HAS_BLOCK_DATA)) {
        throw in.malformed(descriptor.name() + " is written in a form only the class can read");
      }
      annotations();
    } else if (descriptor.hasFlag(IS_SERIALIZABLE)) {
      // Primitives come first.
      for (boolean isPrimitive : new boolean[] {true, false}) {
        for (var field : descriptor.fields()) {
          if (field.isPrimitive() == isPrimitive) {
            out.line().text(field.name()).text(" = ");
            value(field.type());
          }
        }
      }
      if (descriptor.hasFlag(HAS_WRITE_METHOD)) {
        annotations();
      }
    }
  }

  private void value(char type) {
    if (type == 'L' || type == '[') {
      content();
    } else {
      primitives.value(type);
    }
  }

  private void array() {
    out.text("array ");
    JavaClassDescriptor descriptor = descriptor();
    String name = nameOf(descriptor);
    if (name.length() < 2 || name.charAt(0) != '[') {
      throw in.malformed("an array needs the class of one");
    }
    char type = name.charAt(1);
    String label = label();
    int length = in.size(in.bigEndian(4));
    out.text(name).text("(").text(length).text(")").text(label).text(" ");
    if (type == 'B') {
      in.quote(length, out);
      return;
    }
    out.text("[").enter();
    for (int i = 0; i < length; i++) {
      out.line();
      value(type);
    }
    out.leave();
    (length > 0 ? out.line() : out).text("]");
  }
}
