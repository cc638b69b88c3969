package org.ocmcore.cache.viewer;

import java.util.ArrayList;
import java.util.List;

/** A class as a Java serialization stream describes it. */
final class JavaClassDescriptor {
  /**
   * A field: its type as in class files, and its name.
   *
   * @param type the first character of the type
   */
  record Field(char type, String name) {
    boolean isPrimitive() {
      return type != 'L' && type != '[';
    }
  }

  private final String name;
  private final List<Field> fields = new ArrayList<>();
  private int flags;
  private JavaClassDescriptor parent;

  JavaClassDescriptor(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  List<Field> fields() {
    return fields;
  }

  boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  void setFlags(int flags) {
    this.flags = flags;
  }

  /** Null if the class has no serializable superclass. */
  JavaClassDescriptor parent() {
    return parent;
  }

  void setParent(JavaClassDescriptor parent) {
    this.parent = parent;
  }
}
