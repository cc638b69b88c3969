package org.ocmcore.cache.viewer;

/** An instruction of pickle, up to protocol 5. */
record PickleCode(String name, PickleCode.Argument argument) {
  enum Kind {
    NONE,
    LINE,
    LINES,
    SIGNED,
    UNSIGNED,
    DOUBLE,
    INTEGER,
    BYTES
  }

  /** What follows after the code: how it is read, and the bytes of the number or length. */
  enum Argument {
    NONE(Kind.NONE, 0),
    LINE(Kind.LINE, 0),
    LINES(Kind.LINES, 0),
    I4(Kind.SIGNED, 4),
    U1(Kind.UNSIGNED, 1),
    U2(Kind.UNSIGNED, 2),
    U4(Kind.UNSIGNED, 4),
    U8(Kind.UNSIGNED, 8),
    F8(Kind.DOUBLE, 8),
    N1(Kind.INTEGER, 1),
    N4(Kind.INTEGER, 4),
    B1(Kind.BYTES, 1),
    B4(Kind.BYTES, 4),
    B8(Kind.BYTES, 8);

    private final Kind kind;
    private final int size;

    Argument(Kind kind, int size) {
      this.kind = kind;
      this.size = size;
    }

    Kind kind() {
      return kind;
    }

    int size() {
      return size;
    }
  }

  private static final PickleCode[] CODES = new PickleCode[256];

  /** Code, name, and argument if there is one. */
  private static final String TABLE = """
      28 MARK
      29 EMPTY_TUPLE
      2e STOP
      30 POP
      31 POP_MARK
      32 DUP
      42 BINBYTES B4
      43 SHORT_BINBYTES B1
      46 FLOAT LINE
      47 BINFLOAT F8
      49 INT LINE
      4a BININT I4
      4b BININT1 U1
      4c LONG LINE
      4d BININT2 U2
      4e NONE
      50 PERSID LINE
      51 BINPERSID
      52 REDUCE
      53 STRING LINE
      54 BINSTRING B4
      55 SHORT_BINSTRING B1
      56 UNICODE LINE
      58 BINUNICODE B4
      5d EMPTY_LIST
      61 APPEND
      62 BUILD
      63 GLOBAL LINES
      64 DICT
      65 APPENDS
      67 GET LINE
      68 BINGET U1
      69 INST LINES
      6a LONG_BINGET U4
      6c LIST
      6f OBJ
      70 PUT LINE
      71 BINPUT U1
      72 LONG_BINPUT U4
      73 SETITEM
      74 TUPLE
      75 SETITEMS
      7d EMPTY_DICT
      80 PROTO U1
      81 NEWOBJ
      82 EXT1 U1
      83 EXT2 U2
      84 EXT4 I4
      85 TUPLE1
      86 TUPLE2
      87 TUPLE3
      88 NEWTRUE
      89 NEWFALSE
      8a LONG1 N1
      8b LONG4 N4
      8c SHORT_BINUNICODE B1
      8d BINUNICODE8 B8
      8e BINBYTES8 B8
      8f EMPTY_SET
      90 ADDITEMS
      91 FROZENSET
      92 NEWOBJ_EX
      93 STACK_GLOBAL
      94 MEMOIZE
      95 FRAME U8
      96 BYTEARRAY8 B8
      97 NEXT_BUFFER
      98 READONLY_BUFFER
      """;

  static {
    for (String line : TABLE.split("\n")) {
      String[] parts = line.strip().split(" ");
      Argument argument = parts.length == 2 ? Argument.NONE : Argument.valueOf(parts[2]);
      CODES[Integer.parseInt(parts[0], 16)] = new PickleCode(parts[1], argument);
    }
  }

  /** Null if there is no such instruction. */
  static PickleCode of(int code) {
    return CODES[code];
  }
}
