package io.nvmetsh.schema;

/**
 * One attribute file of nvmet: a row of {@link NvmetSchema}.
 *
 * @param owner the kind of directory it is in
 * @param access whether it can be read and written
 * @param initial what the kernel shows in a new object; empty where it is generated or depends on
 *     the kernel
 * @param help what it means: lower-case, no final dot
 */
public record Attribute(
    NodeKind owner,
    String name,
    ValueType type,
    Lock lock,
    Since since,
    Access access,
    Initial initial,
    String help) {

  /** How an attribute file may be used. */
  public enum Access {
    READ_WRITE,
    READ_ONLY,
    WRITE_ONLY,
    /** Read and written, and never shown: keys. */
    SECRET
  }

  /**
   * What a new object shows.
   *
   * @param text the value, without the newline
   * @param known false where the kernel makes the value up, or where it differs between kernels
   */
  public record Initial(String text, boolean known) {
    static final Initial GENERATED = new Initial("", false);
  }

  public boolean isSecret() {
    return access == Access.SECRET;
  }

  /** Whether what it shows is another from one object, moment or machine to the next. */
  public boolean varies() {
    return type.equals(ValueTypes.COUNTER)
        || (!initial.known()
            && (type.equals(ValueTypes.SERIAL)
                || type.equals(ValueTypes.UUID)
                || type.equals(ValueTypes.FIRMWARE)));
  }

  public boolean isWritable() {
    return access != Access.READ_ONLY;
  }

  public boolean isReadable() {
    return access != Access.WRITE_ONLY;
  }

  /** A row for an attribute the table lacks: listed, settable as text, saved. */
  static Attribute unknown(NodeKind owner, String name) {
    return new Attribute(
        owner,
        name,
        ValueTypes.TEXT,
        Lock.NEVER,
        Since.linux(4, 8),
        Access.READ_WRITE,
        Initial.GENERATED,
        "not in nvmetsh's table; taken as text");
  }
}
